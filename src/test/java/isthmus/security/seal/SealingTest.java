package isthmus.security.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.model.Op;
import isthmus.model.Outcome;
import isthmus.model.Reason;
import isthmus.store.Cargo;
import isthmus.store.ChunkStore;
import isthmus.store.Quarantines;
import isthmus.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SealingTest {
    private static final String HMAC = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String ID = "urn:isthmus:yj:crm:customer:C1";
    private static final String OTHER = "urn:isthmus:yj:crm:customer:C2";

    private final Store store = Store.fresh();
    private final String key = fresh();

    private static String fresh() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] customer(String id, String name) {
        return ("{\"addresses\":[{\"parts\":{\"city\":\"新乡市\",\"street\":\"和平路3号\"},\"raw\":\"河南省新乡市和平路3号\",\"role\":\"supply\"}],"
                        + "\"contacts\":[{\"preferred\":true,\"type\":\"mobile\",\"value\":\"+8613712341234\"}],"
                        + "\"ext\":{\"yj.consNo\":\"0042\",\"yj.note\":\"对狗小心\"},\"id\":\"" + id + "\","
                        + "\"identifiers\":[{\"hash\":\"h1:abcdefghijklmnopqrstuv\",\"masked\":\"410***********1234\",\"type\":\"cnResidentId\",\"verified\":true}],"
                        + "\"kind\":\"person\",\"name\":{\"display\":\"" + name + "\"},\"status\":\"active\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private Seals seals(Profile profile, String current, String former) {
        MasterKeys masters = new MasterKeys(profile, current, former);
        Blind blind = new Blind(profile, HMAC);
        return new Seals(new Sealer(masters, blind, Set.of("yj.consNo")), new Opener(masters, store.source));
    }

    private void commit(Seals seals, String id, int version, String name) {
        new ChunkStore(store.source, store.clock, seals.sealer())
                .commit(Cargo.chunk(
                        1,
                        Cargo.fact(
                                "customer",
                                id,
                                Op.UPSERT,
                                version,
                                new String(customer(id, name), StandardCharsets.UTF_8),
                                null,
                                List.of())));
    }

    private String body(String id) {
        return store.sql
                .sql("select body from record where id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void storesNoPersonAndGivesEveryByteBack(Profile profile) {
        Seals seals = seals(profile, key, "");

        commit(seals, ID, 1, "欧阳小明");

        String stored = body(ID);
        assertThat(stored)
                .doesNotContain("欧阳小明", "13712341234", "和平路", "410***********1234", "对狗小心")
                .contains("新乡市", "\"yj.consNo\":\"0042\"", "h1:abcdefghijklmnopqrstuv", "\"kind\":\"person\"");
        assertThat(store.sql
                        .sql("select string_agg(body::text, '') from change")
                        .query(String.class)
                        .single())
                .isEqualTo(stored);
        assertThat(seals.opener().open("customer", ID, stored.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(customer(ID, "欧阳小明"));
        assertThat(seals.opener().open("customer", stored.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(customer(ID, "欧阳小明"));
    }

    @Test
    void whatWasMovedToAnotherRecordOrPlaceDoesNotOpen() {
        Seals seals = seals(Profile.INTL, key, "");
        commit(seals, ID, 1, "章三");
        String stored = body(ID);

        assertThatThrownBy(() -> seals.opener().open("customer", OTHER, stored))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another place");
        String raw = stored.replaceAll(".*\"raw\":(\"sealed:[^\"]*\").*", "$1");
        String swapped = stored.replaceAll("\"display\":\"sealed:[^\"]*\"", "\"display\":" + raw);
        assertThatThrownBy(() -> seals.opener().open("customer", ID, swapped))
                .isInstanceOf(IllegalStateException.class);
        long seed = new SecureRandom().nextLong();
        System.out.println("seed " + seed);
        int start = stored.indexOf("sealed:") + 12;
        int at = start + new Random(seed).nextInt(30);
        String changed = stored.substring(0, at) + (stored.charAt(at) == 'A' ? 'B' : 'A') + stored.substring(at + 1);
        assertThatThrownBy(() -> seals.opener().open("customer", ID, changed))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTextThatOnlyLooksSealedIsATextLikeAnother() {
        Seals seals = seals(Profile.INTL, key, "");
        commit(seals, ID, 1, "章三");
        String foreign = body(ID).replaceAll(".*\"display\":\"(sealed:[^\"]*)\".*", "$1");

        commit(seals, OTHER, 1, foreign);

        assertThat(seals.opener().open("customer", OTHER, body(OTHER))).contains("\"display\":\"" + foreign + "\"");
    }

    @Test
    void withoutTheKeyNothingIsWrittenAndNothingIsTold() {
        commit(seals(Profile.INTL, key, ""), ID, 1, "章三");
        String stored = body(ID);

        for (Seals wrong : List.of(seals(Profile.INTL, fresh(), ""), seals(Profile.INTL, "", ""))) {
            assertThatThrownBy(() -> commit(wrong, OTHER, 1, "李四")).isInstanceOf(SealAway.class);
            assertThatThrownBy(() -> wrong.opener().open("customer", ID, stored))
                    .isInstanceOf(SealAway.class);
        }

        assertThat(store.count("record")).isEqualTo(1);
        assertThat(store.count("data_key")).isEqualTo(1);
        assertThat(store.count("master_key")).isEqualTo(1);
    }

    @Test
    void aFormerKeyOpensWhileANewOneSeals() {
        commit(seals(Profile.INTL, key, ""), ID, 1, "章三");
        Seals both = seals(Profile.GM, fresh(), key);

        commit(both, OTHER, 1, "李四");

        assertThat(both.opener().open("customer", ID, body(ID))).contains("章三");
        assertThat(both.opener().open("customer", OTHER, body(OTHER))).contains("李四");
    }

    @Test
    void aValueThatIsSaidTwiceInOneObjectIsSealedOnce() {
        Seals seals = seals(Profile.INTL, key, "");
        String record = "{\"addresses\":[{\"normalized\":\"和平路3号\",\"parts\":{\"street\":\"和平路3号\"},\"raw\":\"和平路3号\"},"
                + "{\"normalized\":\"x\",\"raw\":\"sealed:=\"}],\"id\":\"" + ID
                + "\",\"name\":{\"display\":\"章三\",\"normalized\":\"章三\",\"note\":\"sealed:=\"}}";
        new ChunkStore(store.source, store.clock, seals.sealer())
                .commit(Cargo.chunk(1, Cargo.fact("customer", ID, Op.UPSERT, 1, record, null, List.of())));

        assertThat(body(ID)).contains("\"normalized\":\"sealed:=\",\"note\":\"sealed:", "\"raw\":\"sealed:=\"},{");
        assertThat(seals.opener().open("customer", ID, body(ID))).isEqualTo(record);
    }

    @Test
    void oneKeyServesAllRecordsOfACustomerAndIsUsedAgain() {
        Seals seals = seals(Profile.INTL, key, "");
        commit(seals, ID, 1, "章三");
        commit(seals, ID, 2, "章三丰");

        assertThat(store.count("data_key")).isEqualTo(1);
        assertThat(store.count("record_history")).isEqualTo(1);
        String past = store.sql
                .sql("select body from record_history")
                .query(String.class)
                .single();
        assertThat(seals.opener().open("customer", ID, past)).contains("\"章三\"");
    }

    @Test
    void aCustomerIsFoundByWhatIsNotWrittenDown() {
        Seals seals = seals(Profile.INTL, key, "");
        Blind blind = new Blind(Profile.INTL, HMAC);
        commit(seals, ID, 1, "章 三");
        commit(seals, OTHER, 1, "李四");

        assertThat(found(Wanted.CONTACT.token(blind, "137 1234 1234"))).containsExactlyInAnyOrder(ID, OTHER);
        assertThat(found(Wanted.NAME.token(blind, "章三"))).containsExactly(ID);
        assertThat(found(Wanted.NUMBER.token(blind, "h1:abcdefghijklmnopqrstuv")))
                .hasSize(2);
        assertThat(found(Wanted.NAME.token(new Blind(Profile.INTL, fresh()), "章三")))
                .isEmpty();
    }

    private List<String> found(long token) {
        return store.sql
                .sql("select id from record_customer where blind @> array[cast(? as bigint)]")
                .param(token)
                .query(String.class)
                .list();
    }

    @Test
    void whatIsRefusedAgainAndAgainHasOneKey() {
        ChunkStore chunks = new ChunkStore(
                store.source, store.clock, seals(Profile.INTL, key, "").sealer());
        List<Outcome> refused = List.of(Cargo.refused(Reason.DATE_INVALID), Cargo.refused(Reason.DATE_INVALID));

        for (int i = 0; i < 3; i++) {
            chunks.commit(Cargo.chunk(1, "customer", refused, null, null));
        }

        assertThat(store.count("quarantine")).isEqualTo(2);
        assertThat(store.count("data_key")).isEqualTo(2);
        Quarantines quarantines =
                new Quarantines(store.source, seals(Profile.INTL, key, "").opener());
        assertThat(quarantines.bytes(1)).hasValue("row 1".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTextOfARecordFromBeforeSealingIsSealedAllTheSame() throws Exception {
        Seals seals = seals(Profile.INTL, key, "");

        String sealed;
        try (Connection connection = store.source.getConnection()) {
            sealed = seals.sealer().text(connection, null, "here", "章三");
        }

        assertThat(sealed).startsWith("sealed:").doesNotContain("章三");
        assertThat(seals.opener().text("here", sealed)).isEqualTo("章三");
    }

    @Test
    void rawBytesAreSealedUnderAKeyOfTheirOwn() throws Exception {
        Seals seals = seals(Profile.INTL, key, "");
        byte[] page = "<name>章三</name>".getBytes(StandardCharsets.UTF_8);

        Sealer.Whole sealed;
        try (Connection connection = store.source.getConnection()) {
            sealed = seals.sealer().whole(connection, List.of(page)).get(0);
        }

        assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("name");
        assertThat(seals.opener().whole(sealed.key(), sealed.bytes())).isEqualTo(page);
        assertThat(seals.opener().whole(null, page)).isEqualTo(page);
    }
}
