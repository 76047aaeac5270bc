package isthmus.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Fact;
import isthmus.model.Reason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    private final Normalizer normalizer = Islands.normalizer();

    @ParameterizedTest
    @CsvSource({
        "张　三, 张三, 张三",
        "' 张 三 丰 ', 张三丰, 张三丰",
        "'Ａｃｍｅ  Ltd', Acme Ltd, acmeltd",
        "阿卜 Abdul, 阿卜 Abdul, 阿卜abdul",
        "e\u0301clair, \u00e9clair, \u00e9clair",
        "（张）三①, （张）三①, （张）三①",
        "𠮷 㐂 䶮, 𠮷㐂䶮, 𠮷㐂䶮",
        "'''; DROP TABLE C_CONS;--', '''; DROP TABLE C_CONS;--', ''';droptablec_cons;--'",
        "${bean:x}#{T(java.lang.Runtime)}{{env:PATH}}, ${bean:x}#{T(java.lang.Runtime)}{{env:PATH}}, ${bean:x}#{t(java.lang.runtime)}{{env:path}}"
    })
    void saysNamesInDisplayAndNormalizedForm(String raw, String display, String normalized) {
        String body = Rows.account().with("CONS_NAME", raw).refusal(normalizer, "customer");

        assertThat(body).contains("{\"display\":\"" + display + "\",\"normalized\":\"" + normalized + "\"}");
    }

    @Test
    void takesOutWhatCannotBeSeen() {
        Fact fact = Rows.customer().with("name", "\ufeff李\u200b\u202e婷\u0007").fact(normalizer, "customer");

        assertThat(new String(fact.body(), StandardCharsets.UTF_8)).contains("\"display\":\"李婷\"");
        assertThat(fact.quality()).extracting("code").contains(Reason.TXT_CTRL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"无", "/", "*", "-", "不详", "", " \u3000\u00a0", "\u200b"})
    void hasNoNameWhereAPlaceholderStands(String raw) {
        assertThat(Rows.customer().with("name", raw).refusal(normalizer, "customer"))
                .isEqualTo("FIELD-MISSING name");
    }

    @Test
    void neverCutsText() {
        String longest = "名".repeat(512);

        assertThat(Rows.customer().with("name", longest).refusal(normalizer, "customer"))
                .contains(longest);
        assertThat(Rows.customer().with("name", longest + "名").refusal(normalizer, "customer"))
                .isEqualTo("TEXT-LENGTH name");
        assertThat(Rows.customer().with("name", "\ud840").refusal(normalizer, "customer"))
                .isEqualTo("CHARSET name");
    }

    @Test
    void flagsPrivateCharactersAndTestNames() {
        Fact fact = Rows.account().with("CONS_NAME", "测试\ue863用户").fact(normalizer, "customer");

        assertThat(fact.quality()).extracting("code").contains(Reason.TXT_PUA, Reason.CUS_NAME);
    }

    @ParameterizedTest
    @CsvSource({
        "４１０１２３, 410123",
        "' 410123 ', 410123",
        "AbC, AbC",
        "a b/c%, a%20b%2Fc%25",
        "表1, %E8%A1%A81",
        "𠮷, %F0%A0%AE%B7"
    })
    void makesKeysHalfWidthTrimmedAndEncoded(String raw, String key) {
        Fact fact = Rows.meter().with("ASSET_NO", raw).fact(normalizer, "meter");

        assertThat(fact.id()).isEqualTo("urn:isthmus:yj:metering:meter:" + key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \u3000", "41\u000001", "41\u200b01", "\ud840"})
    void refusesKeysThatCannotBeSeen(String raw) {
        assertThat(Rows.meter().with("ASSET_NO", raw).refusal(normalizer, "meter"))
                .isEqualTo("KEY-INVALID ASSET_NO");
    }

    @Test
    void refusesBlankReferencesAndBlankConsent() {
        assertThat(Rows.payment().with("CONS_NO", " ").refusal(normalizer, "payment"))
                .isEqualTo("KEY-INVALID account");
        assertThat(Rows.payment().with("REV_PAY_ID", " ").refusal(normalizer, "payment"))
                .contains("\"reversalOf\":null");
        Row silent = Rows.customer();
        silent.children.clear();
        silent.child("consents", "purpose", "1", "granted", "", "time", "2025-03-02T10:15:00");
        assertThat(silent.refusal(normalizer, "customer")).isEqualTo("BOOLEAN-INVALID consents/0/granted");
    }

    @Test
    void refusesAKeyThatIsTooLong() {
        assertThat(Rows.meter()
                        .with("ASSET_NO", "9".repeat(200))
                        .fact(normalizer, "meter")
                        .id())
                .endsWith("9".repeat(200));
        assertThat(Rows.meter().with("ASSET_NO", "9".repeat(201)).refusal(normalizer, "meter"))
                .startsWith("KEY-INVALID");
    }

    @ParameterizedTest
    @CsvSource({
        "13800010001, mobile, +8613800010001, 138****0001",
        "+86 138-0001-0001, mobile, +8613800010001, 138****0001",
        "8613800010001, mobile, +8613800010001, 138****0001",
        "１３８００01０００１, mobile, +8613800010001, 138****0001",
        "(0373)8881234, phone, +863738881234, *******1234",
        "010-12345678, phone, +861012345678, *******5678",
        "8612345, phone, +863738612345, *******2345",
        "12800010001, phone, null, null",
        "call me, phone, null, null"
    })
    void readsTelephoneNumbers(String raw, String type, String value, String masked) {
        String quotedValue = value.equals("null") ? value : "\"" + value + "\"";
        String quotedMask = masked.equals("null") ? masked : "\"" + masked + "\"";

        assertThat(Rows.customer().with("mobile", raw).refusal(normalizer, "customer"))
                .contains("\"contacts\":[{\"masked\":" + quotedMask + ",\"preferred\":true,\"type\":\"" + type
                        + "\",\"value\":" + quotedValue + "}");
    }

    @ParameterizedTest
    @CsvSource({
        "01, 11010519491231002x, cnResidentId, 110***********002X, true",
        "01, １１０１０５１９４９１２３１００２Ｘ, cnResidentId, 110***********002X, true",
        "01, 110105194912310021, cnResidentId, 110***********0021, false",
        "01, 110105491231002, cnResidentId, 110***********002X, true",
        "01, 1101054, cnResidentId, ***1054, false",
        "02, 91350100M000100Y43, uscc, 913***********0Y43, true",
        "02, 91350100M000100I43, uscc, 913***********0I43, false",
        "03, e1234567, passport, ****4567, false",
        "77, AB123, other, *B123, false"
    })
    void saysIdentityNumbersAsHashAndMask(String idType, String number, String type, String masked, boolean verified) {
        Row row = Rows.customer().with("idType", idType).with("idNo", number);
        String body = row.refusal(normalizer, "customer");

        assertThat(body)
                .contains("\"masked\":\"" + masked + "\",\"type\":\"" + type + "\",\"verified\":" + verified + "}");
        assertThat(body).doesNotContain(number);
    }

    @Test
    void leavesTheIdentityHashOutOfTheContentHash() {
        Fact fact = Rows.customer().fact(normalizer, "customer");
        String body = new String(fact.body(), StandardCharsets.UTF_8);
        String without = body.replaceFirst("\"hash\":\"[^\"]*\",", "");

        assertThat(without).isNotEqualTo(body);
        assertThat(fact.contentHash())
                .isEqualTo(Islands.FINGERPRINTS.contentHash(without.getBytes(StandardCharsets.UTF_8)));
    }
}
