package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/** Counts the files that were read and the figures that were met, and keeps those that were not. */
@NullUnmarked
final class Figures {
    private final String format;
    private final List<String> missed = new ArrayList<>();
    private int files;
    private int met;

    Figures(String format) {
        this.format = format;
    }

    void read(int more) {
        files += more;
    }

    /** Compares what came with what was expected; numbers of any scale are equal when their values are. */
    void expect(String what, Object expected, Object came) {
        boolean isSame = expected instanceof java.math.BigDecimal number
                ? came instanceof java.math.BigDecimal other && number.compareTo(other) == 0
                : expected.equals(came);
        if (isSame) {
            met++;
        } else {
            missed.add(what + ": expected " + expected + ", came " + came);
        }
    }

    /** Prints the count; fails when a figure was missed or nothing was read. */
    void close() {
        System.out.printf(
                "real inputs, %s: %d files read, %d figures met, %d missed%n", format, files, met, missed.size());
        assertThat(missed).isEmpty();
        assertThat(files).isPositive();
        assertThat(met).isPositive();
    }
}
