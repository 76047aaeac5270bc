package isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every file that is measured is read to its last record; how fast is said by bench, not here. */
@NullUnmarked
class ReadBenchTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(ReadFormat.class)
    void readsAsManyRecordsAsItWrote(ReadFormat format) throws Exception {
        ReadBench.Report report = new ReadBench(format, 7, what -> {}).measure(directory);

        assertThat(report.document()).containsEntry("rows", 7L).containsEntry("job", "read-" + format.code());
        assertThat(report.text()).contains("7 records");
        assertThat(report.document().containsKey("ratio")).isEqualTo(format == ReadFormat.DELIMITED);
    }
}
