package isthmus.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static List<String> read(InputStream in) throws IOException {
        Lines lines = new Lines(in);
        List<String> out = new ArrayList<>();
        while (lines.advance()) {
            String text = new String(lines.buffer(), lines.start(), lines.length(), StandardCharsets.US_ASCII);
            out.add(lines.number() + (lines.isTooLong() ? "!" : ":") + (text.length() > 20 ? text.length() : text));
        }
        return out;
    }

    private static List<String> read(String text) throws IOException {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void cutsAtLineFeedsAndTakesAnEndWithoutOne() throws IOException {
        assertThat(read("a\r\n\nb")).containsExactly("1:a", "2:", "3:b");
        assertThat(read("a\n")).containsExactly("1:a");
        assertThat(read("")).isEmpty();
    }

    @Test
    void runsOverALineThatIsTooLong() throws IOException {
        assertThat(read("a\n" + "x".repeat(1_000_000) + "\nb\n" + "y".repeat(70_000)))
                .containsExactly("1:a", "2!65536", "3:b", "4!65536");
        assertThat(read("x".repeat(65_536) + "\n" + "y".repeat(65_537) + "\nz"))
                .containsExactly("1:65536", "2!65537", "3:z");
    }

    @Test
    void doesNotMindWhereTheReadsEnd() throws IOException {
        String text = ("x".repeat(997) + "\n").repeat(2_000);
        InputStream drops = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)) {
            @Override
            public synchronized int read(byte[] buffer, int from, int length) {
                return super.read(buffer, from, Math.min(length, 7_919));
            }
        };

        assertThat(read(drops)).hasSize(2_000).allMatch(line -> line.endsWith(":997"));
    }
}
