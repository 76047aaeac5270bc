package isthmus.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonTest {
    private static String canonical(Object json) {
        return new String(Canon.bytes(json), StandardCharsets.UTF_8);
    }

    @Test
    void sortsKeysByUtf16AndEscapesOnlyWhatItMust() {
        Map<String, Object> json = new HashMap<>();
        json.put("\u20ac", 1);
        json.put("\r", "\u000f\n\"\\/ €");
        json.put("😀", true);
        json.put("\ufb33", Arrays.asList(null, -7L, List.of(), Map.of()));

        assertThat(canonical(json))
                .isEqualTo("{\"\\r\":\"\\u000f\\n\\\"\\\\/ €\",\"€\":1,\"😀\":true,\"\ufb33\":[null,-7,[],{}]}");
    }

    @Test
    void refusesWhatOtherReadersWouldReadDifferently() {
        assertThatThrownBy(() -> Canon.bytes(1.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Canon.bytes(1L << 53)).isInstanceOf(IllegalArgumentException.class);
        assertThat(canonical((1L << 53) - 1)).isEqualTo("9007199254740991");
    }

    @ParameterizedTest
    @CsvSource({
        "MONEY, 100, 100.00",
        "MONEY, 0.005, 0.01",
        "MONEY, -0.005, -0.01",
        "DECIMAL, 320.0000, 320.00",
        "DECIMAL, 4076.08, 4076.08",
        "DECIMAL, 100, 100.00",
        "DECIMAL, 12.4660, 12.466",
        "PRICE, 0.568000, 0.568",
        "FACTOR, 40.00, 40",
        "FACTOR, 100, 100",
        "FACTOR, 1.50, 1.5"
    })
    void writesEachKindOfDecimalInOneWay(Canon.Kind kind, String value, String text) {
        assertThat(Canon.decimal(kind, new BigDecimal(value))).isEqualTo(text);
    }

    @Test
    void makesSequencesThatSortAsBytes() {
        String first = Sequence.of(1_795_291_353_000L, 17);
        assertThat(first).isEqualTo("20261121200233000-0000000017");

        String merged = Sequence.merged(first, 2);
        assertThat(merged).isEqualTo(first + "~m000002").isGreaterThan(first);
        assertThat(Sequence.merged(merged, 3)).isGreaterThan(merged);
        assertThat(Sequence.repaired(merged, 9)).isGreaterThan(merged);
        assertThat(Sequence.deleted(first, 9)).isLessThan(Sequence.of(1_795_291_353_000L, 18));
        assertThat(Sequence.base(merged)).isEqualTo(first);
        assertThat(Sequence.of(-1, 0)).isEqualTo("19691231235959999-0000000000");
    }

    @Test
    void makesKeysOfAnyText() {
        assertThat(Urn.part(" ４１－ａ　")).isEqualTo("41-a");
        assertThat(Urn.part("\u3000")).isNull();
        assertThat(Urn.part("4\u00001")).isNull();
        assertThat(Urn.encode("a b/表@:")).isEqualTo("a%20b%2F%E8%A1%A8@:");
    }
}
