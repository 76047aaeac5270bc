package isthmus.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static List<String> read(InputStream in) throws IOException {
        return read(new Lines(in));
    }

    private static List<String> read(Lines lines) throws IOException {
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
    void passesOverTheMarkThatUtf8MayBeginWith() throws IOException {
        byte[] file = "\uFEFFa\nb".getBytes(StandardCharsets.UTF_8);

        assertThat(read(new Lines(new ByteArrayInputStream(file), StandardCharsets.UTF_8, false)))
                .containsExactly("1:a", "2:b");
        assertThat(read(new Lines(new ByteArrayInputStream(file), Charset.forName("GB18030"), false)))
                .as("in another charset it is no such mark")
                .last()
                .isEqualTo("2:b");
    }

    @Test
    void joinsLinesWhoseEndStandsBetweenQuotesAndNumbersThemByTheirFirst() throws IOException {
        assertThat(joined("a,\"x\ny\"\nb\n\"\"\"\n\"\nc\n"))
                .containsExactly("1:a,\"x\ny\"", "3:b", "4:\"\"\"\n\"", "6:c");
        assertThat(joined("a\n\"never closed\nb\n")).containsExactly("1:a", "2:\"never closed\nb\n");
    }

    @Test
    void losesNoMoreThanALongestLineToAQuoteThatIsNeverClosed() throws IOException {
        String line = "x".repeat(99) + "\n";
        List<String> all = joined("a\n\"" + line.repeat(2_000));

        assertThat(all.subList(0, 3)).containsExactly("1:a", "2!65536", "658:99");
        assertThat(all).hasSize(2 + 2_000 - 656);
    }

    private static List<String> joined(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        List<String> whole = read(new Lines(new ByteArrayInputStream(bytes), StandardCharsets.US_ASCII, true));
        InputStream drops = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] buffer, int from, int length) {
                return super.read(buffer, from, Math.min(length, 1_009));
            }
        };
        assertThat(read(new Lines(drops, StandardCharsets.US_ASCII, true))).isEqualTo(whole);
        return whole;
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
