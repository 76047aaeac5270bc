package isthmus.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ControlSumTest {
    private static BigDecimal sum(String... lines) {
        ControlSum sum = new ControlSum(1, ',');
        for (String line : lines) {
            byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
            sum.add(bytes, 0, bytes.length);
        }
        return sum.total();
    }

    @Test
    void addsExactlyWhatPlainNumbersSay() {
        assertThat(sum("D,0.1", "D,0.2,x", "D,-1", "D,\"2.5\"", "\"a,b\",4")).isEqualByComparingTo("5.8");
    }

    @Test
    void countsNothingForWhatIsNoNumber() {
        assertThat(sum("D,", "D", "D,abc", "D,1e5", "D,1.", "D,.5", "D,+1", "D,-", "D,1 ", "D,1.2.3", ""))
                .isEqualByComparingTo("0");
    }

    @Test
    void staysExactBeyondTheRangeOfALong() {
        assertThat(sum("D,9000000000000", "D,9000000000000.000001", "D,99999999999999999999.5", "D,0.0000000001"))
                .isEqualByComparingTo(
                        new BigDecimal("99999999999999999999.5").add(new BigDecimal("18000000000000.0000010001")));
    }

    @Test
    void agreesWithBigDecimalOnAnyNumbers() {
        long seed = 20261101L;
        Random random = new Random(seed);
        BigDecimal expected = BigDecimal.ZERO;
        String[] lines = new String[10_000];
        for (int i = 0; i < lines.length; i++) {
            BigDecimal value = BigDecimal.valueOf(random.nextLong(), random.nextInt(9));
            expected = expected.add(value);
            lines[i] = "D," + value.toPlainString();
        }

        assertThat(sum(lines)).as("seed " + seed).isEqualByComparingTo(expected);
    }
}
