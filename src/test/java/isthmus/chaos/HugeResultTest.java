package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.flow.SmallHeap;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LongSummaryStatistics;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F15: one result of a legacy database that is far larger than the hub. */
@Tag("chaos")
class HugeResultTest {
    private static final int ROWS = 1_000_000;
    private static final int SPREAD_MB = 24;

    @Test
    void aMillionRowsStreamThroughAHeapThatStaysFlat() throws Exception {
        Payments payments = Payments.open();
        payments.add(1, ROWS, 10);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        payments.maria().environment().get("BILLING_URL"),
                        "payment")
                .redirectErrorStream(true)
                .start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("pieces=" + ROWS + " whole=true");
        Matcher heap = Pattern.compile("heap=\\[(.+)]").matcher(said);
        assertThat(heap.find()).isTrue();
        System.out.println("F15: MB in use after each 100 000 rows: " + heap.group(1));
        LongSummaryStatistics used = Arrays.stream(heap.group(1).split(", "))
                .mapToLong(Long::parseLong)
                .summaryStatistics();
        assertThat(used.getCount()).isEqualTo(ROWS / 100_000);
        assertThat(used.getMax() - used.getMin()).isLessThan(SPREAD_MB);
        payments.maria().run("drop table A_RCVED_FLOW");
        Seeds.tell("F15", 1, "a result of a million rows through 256 MB");
    }
}
