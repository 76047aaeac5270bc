package isthmus.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.NullUnmarked;

/** Delimited text, plain, framed, and with line ends in its fields. */
@NullUnmarked
class CsvFuzzTest {
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final AnyBytes PLAIN =
            AnyBytes.of(new Trial("delimited").columns("NO", "NOTE"), StandardCharsets.UTF_8);
    private static final AnyBytes NAMED = AnyBytes.of(
            new Trial("delimited")
                    .columns("NO", "NOTE", "SUM")
                    .with("header", "columns")
                    .with("delimiter", ";")
                    .with("multiline", "true"),
            StandardCharsets.UTF_8);
    private static final AnyBytes FRAMED = AnyBytes.of(
            new Trial("delimited")
                    .columns("NO", "NOTE", "SUM")
                    .charset("GB18030")
                    .with("header", "H,电能表档案,METER,date,time")
                    .with("detail", "D")
                    .with("trailer", "T,count,sum")
                    .with("control", "SUM"),
            GB18030);

    @FuzzTest(maxDuration = "5m")
    void delimited(byte[] bytes) throws IOException {
        int plain = PLAIN.hold(bytes);
        int framed = FRAMED.hold(bytes);
        NAMED.hold(bytes);

        assertThat(plain).as("every line is a piece").isEqualTo(lines(bytes));
        if (framed >= 0) {
            assertThat(framed).as("all but the first line and the last").isEqualTo(lines(bytes) - 2);
        }
    }

    private static int lines(byte[] bytes) {
        int from = bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF
                ? 3
                : 0;
        int lines = 0;
        for (int i = from; i < bytes.length; i++) {
            lines += bytes[i] == '\n' || i == bytes.length - 1 ? 1 : 0;
        }
        return lines;
    }
}
