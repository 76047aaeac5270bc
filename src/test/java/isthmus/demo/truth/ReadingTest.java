package isthmus.demo.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingTest {
    @Test
    void writesKeysSortedByCodeUnitAndEscapesNoMoreThanItMust() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("é", 1);
        map.put("b", List.of());
        map.put("a", "张\"\\/\n\u0001😀");
        map.put("B", null);
        map.put("c", Map.of());

        assertThat(CanonicalJson.of(map))
                .isEqualTo("{\"B\":null,\"a\":\"张\\\"\\\\/\\n\\u0001😀\",\"b\":[],\"c\":{},\"é\":1}");
    }

    @Test
    void cleansTextWithoutGuessing() {
        assertThat(Words.text("　张　三 \u200B", "name")).isEqualTo("张三");
        assertThat(Words.text("ABC   有限\u202E公司", "name")).isEqualTo("ABC 有限公司");
        assertThat(Words.text("不详", "name")).isNull();
        assertThat(Words.textHalf("２８号（东）", "address")).isEqualTo("28号（东）");
        assertThat(Words.key(" ４１/张 ", "key")).isEqualTo("41%2F%E5%BC%A0");
        assertThatThrownBy(() -> Words.key("41\0", "key")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> Words.text("长".repeat(513), "name")).isInstanceOf(Refused.class);
    }

    @Test
    void keepsMoneyToTheCentAndEnergyToItsSource() {
        assertThat(Numbers.money("12.345", "x")).isEqualTo("12.35");
        assertThat(Numbers.money("-12.345", "x")).isEqualTo("-12.35");
        assertThat(Numbers.money("１２３．４５", "x")).isEqualTo("123.45");
        assertThat(Numbers.decimal("320.0000", "x")).isEqualTo("320.00");
        assertThat(Numbers.decimal("4076.0810", "x")).isEqualTo("4076.081");
        assertThat(Numbers.decimal("100", "x")).isEqualTo("100.00");
        assertThat(Numbers.price("0.568000", "x")).isEqualTo("0.568");
        assertThat(Numbers.factor("40.00", "x")).isEqualTo("40");
        assertThat(Numbers.money(" ", "x")).isNull();
    }

    @Test
    void refusesNumbersForTheirOwnReason() {
        for (String text : List.of("1,234.50", "abc", "1e5", "NaN", "1e999999999", "+1", ".5")) {
            assertThat(reason(text)).as(text).isEqualTo("NUMBER-INVALID");
        }
        for (String text : List.of("1".repeat(30), "1".repeat(41), "1234567890123456")) {
            assertThat(reason(text)).as(text).isEqualTo("NUMBER-RANGE");
        }
    }

    private static String reason(String text) {
        try {
            Numbers.money(text, "x");
            return "none";
        } catch (Refused refused) {
            return refused.reason;
        }
    }

    @Test
    void readsTimesInTheUtilitysZone() {
        assertThat(Times.time("2026-11-02 09:00:03", "t")).isEqualTo("2026-11-02T09:00:03+08:00");
        assertThat(Times.time("2026-11-02T01:00:03.250Z", "t")).isEqualTo("2026-11-02T09:00:03.250+08:00");
        assertThat(Times.time("1988-07-01 12:00:00", "t")).isEqualTo("1988-07-01T12:00:00+09:00");
        assertThat(Times.day("0000-00-00", "d")).isNull();
        assertThatThrownBy(() -> Times.time("2026-11-02 24:00:00", "t")).hasMessageContaining("TIME-INVALID");
        assertThatThrownBy(() -> Times.time("2026-02-30 00:00:00", "t")).hasMessageContaining("DATE-INVALID");
        assertThatThrownBy(() -> Times.day("0201-05-03", "d")).hasMessageContaining("DATE-RANGE");
    }

    @Test
    void hidesWhatIdentifiesAPerson() {
        assertThat(CanonicalJson.of(Persons.identifiers("01", "11010519491231002x")))
                .contains("\"masked\":\"110***********002X\"", "\"verified\":true", "\"hash\":\"h1:");
        assertThat(CanonicalJson.of(Persons.identifiers("01", "110105491231002")))
                .isEqualTo(CanonicalJson.of(Persons.identifiers("01", "11010519491231002X")));
        assertThat(CanonicalJson.of(Persons.contacts("13800138000/０３７３－8881234", "8123456", "A@B.cn")))
                .contains(
                        "\"value\":\"+8613800138000\"",
                        "\"value\":\"+863738881234\"",
                        "\"value\":\"+863738123456\"",
                        "\"value\":\"a@b.cn\"");
    }

    @Test
    void ordersVersionsAsTheirTextDoes() {
        List<String> rising = List.of(
                "20261122161500000-0000000001",
                "20261122161500000-0000000001~d000001",
                "20261122161500000-0000000001~m000001",
                "20261122161500000-0000000001~m000002",
                "20261122161500000-0000000001~r000001",
                "20261122161500000-9999999999",
                "20261122161500001-0000000000");

        for (int i = 1; i < rising.size(); i++) {
            assertThat(Version.of(rising.get(i))).isGreaterThan(Version.of(rising.get(i - 1)));
        }
    }
}
