package isthmus.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Canon;
import isthmus.model.Fact;
import isthmus.model.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    private final Normalizer normalizer = Islands.normalizer();

    @ParameterizedTest
    @CsvSource({
        "164.52, 164.52",
        "0, 0.00",
        "-0, 0.00",
        "-0.004, 0.00",
        "007, 7.00",
        "12.345, 12.35",
        "-12.345, -12.35",
        "0.005, 0.01",
        "999.995, 1000.00",
        "１２３．４５, 123.45",
        "１２３.４５, 123.45",
        "' 1.5　', 1.50",
        "999999999999999.99, 999999999999999.99"
    })
    void readsMoney(String text, String money) {
        String body = Rows.bill().with("OWE_AMT", text).refusal(normalizer, "bill");

        assertThat(body).contains("\"outstanding\":\"" + money + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1,234.50", "abc", "1e5", "NaN", "1e999999999", "+1", ".5", "5.", "1.2.3", "--1", "-", "1 2", "٣"
            })
    void refusesWhatIsNoPlainDecimal(String text) {
        assertThat(Rows.bill().with("RCVBL_AMT", text).refusal(normalizer, "bill"))
                .isEqualTo("NUMBER-INVALID amounts/total");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789012345678901234567890",
                "1234567890123456",
                "999999999999999.995",
                "1,234.50 and forty more characters of nonsense"
            })
    void refusesMoreDigitsThanMoneyHolds(String text) {
        assertThat(Rows.bill().with("RCVBL_AMT", text).refusal(normalizer, "bill"))
                .isEqualTo("NUMBER-RANGE amounts/total");
    }

    @Test
    void givesTotalsAsExactDecimals() {
        Fact fact = Rows.bill().with("RCVBL_AMT", "164.525").fact(normalizer, "bill");

        assertThat(fact.money()).isEqualTo(new BigDecimal("164.53"));
        assertThat(fact.energy()).isEqualTo(new BigDecimal("320.00"));
        assertThat(fact.quality()).extracting("code").containsExactly(Reason.MON_SCALE, Reason.BIL_SUM);
    }

    @Test
    void addsManyGreatLinesWithoutOverflow() {
        Row row = Rows.bill().with("RCVBL_AMT", "0.02");
        row.children.clear();
        for (int i = 0; i < 200; i++) {
            String sign = i < 100 ? "" : "-";
            row.child("lines", "LINE_NO", "" + (i + 1), "KIND_CODE", "08", "AMT", sign + "999999999999999.99");
        }
        row.child("lines", "LINE_NO", "201", "KIND_CODE", "08", "AMT", "0.02");

        assertThat(row.fact(normalizer, "bill").quality()).isEmpty();
        assertThat(row.with("RCVBL_AMT", "0.03").fact(normalizer, "bill").quality())
                .extracting("code", "path")
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Reason.BIL_SUM, "/amounts/total"));
    }

    @ParameterizedTest
    @CsvSource({"120.42, 0", "120.43, 0", "120.41, 0", "120.44, 1", "120.40, 1"})
    void flagsALineThatIsMoreThanACentFromQuantityTimesPrice(String amount, int flags) {
        Row row = Rows.bill();
        row.children.clear();
        row.child("lines", "LINE_NO", "1", "KIND_CODE", "01", "QTY", "212", "UNIT_PRICE", "0.568", "AMT", amount);

        Fact fact = row.with("RCVBL_AMT", amount).fact(normalizer, "bill");

        assertThat(fact.quality()).hasSize(flags);
        fact.quality().forEach(flag -> assertThat(flag.path()).isEqualTo("/lines/0/amount"));
    }

    @Test
    void multipliesLongFactorsExactly() {
        Row row = Rows.bill().with("RCVBL_AMT", "1.00");
        row.children.clear();
        row.child(
                "lines",
                "LINE_NO",
                "1",
                "KIND_CODE",
                "01",
                "QTY",
                "99999999999.1234",
                "UNIT_PRICE",
                "0.12345678",
                "AMT",
                "12345677999.89");

        assertThat(row.fact(normalizer, "bill").quality()).extracting("code").containsExactly(Reason.BIL_SUM);
    }

    @Test
    void writesEveryKindOfDecimalAsTheCanonDoes() {
        long seed = System.nanoTime();
        System.out.println("NumbersTest seed " + seed);
        Random random = new Random(seed);
        Decimal number = new Decimal();
        for (int i = 0; i < 20_000; i++) {
            BigDecimal value = new BigDecimal(new BigInteger(random.nextInt(50), random), random.nextInt(10));
            value = random.nextBoolean() ? value.negate() : value;

            assertThat(number.read(value.toPlainString())).isNull();
            assertThat(number.value()).isEqualByComparingTo(value);
            number.cut(0);
            assertThat(text(number)).isEqualTo(Canon.decimal(Canon.Kind.FACTOR, value));
            number.pad(2);
            assertThat(text(number)).isEqualTo(Canon.decimal(Canon.Kind.DECIMAL, value));
            number.round(2);
            assertThat(text(number)).isEqualTo(Canon.decimal(Canon.Kind.MONEY, value));
            assertThat(number.value()).isEqualTo(new BigDecimal(text(number)));
        }
    }

    private static String text(Decimal number) {
        Bytes out = new Bytes();
        number.write(out);
        return new String(out.copy(0), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({"31, ''", "32, NUMBER-RANGE billingDay", "0, NUMBER-RANGE billingDay", "1.5, NUMBER-INVALID billingDay"
    })
    void keepsWholeNumbersInTheirRange(String day, String refusal) {
        String said = Rows.account().with("BILLING_DAY", day).refusal(normalizer, "account");

        assertThat(said).isEqualTo(refusal.isEmpty() ? said : refusal);
        assertThat(said.contains("\"billingDay\":" + day)).isEqualTo(refusal.isEmpty());
    }
}
