package isthmus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.crosscheck.Seeds;
import isthmus.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** Which records are one unified customer, and under which id: through merges, partings and any order of arrival. */
class GroupingTest {
    private static final IdentityRules RULES = IdentityRules.read(Path.of("config"), Pairs.SYSTEMS);
    private static final String HOLDS =
            "{\"kind\": \"person\", \"identifiers\": [{\"type\": \"cnResidentId\", \"hash\": \"h1:%s\", \"verified\": true}]}";
    private static final int SHUFFLES = 8;

    private final Store store = Store.fresh();
    private long night;

    @Test
    void everyCustomerIsAUnifiedOneAndThoseLinkedAreOne() {
        seed("crm", "C1", HOLDS.formatted("aaa"));
        seed("old", "77", HOLDS.formatted("aaa"));
        seed("crm", "C2", HOLDS.formatted("bbb"));

        update();

        assertThat(groups()).containsExactly("C1 77", "C2");
    }

    @Test
    void thePersonBehindAnAccountIsTheOneThatTheCustomerIs() {
        seed("billing", "acct-310", "{\"kind\": \"person\"}");
        Seeds.record(
                store,
                "billing",
                "account",
                "310",
                "{\"accountNo\": \"310\", \"customer\": \"urn:isthmus:yj:billing:customer:acct-310\"}");
        seed("crm", "C1", "{\"kind\": \"person\", \"ext\": {\"yj.consNo\": \"310\"}}");

        update();

        assertThat(groups()).containsExactly("acct-310 C1");
    }

    @Test
    void ofTwoThatComeTogetherTheOlderStandsAndTheOtherComesBackWhenTheyArePartedAgain() {
        seed("old", "77", HOLDS.formatted("aaa"));
        update();
        String older = golden("old", "77");
        seed("crm", "C1", HOLDS.formatted("bbb"));
        update();
        String younger = golden("crm", "C1");

        change("crm", "C1", HOLDS.formatted("aaa"));
        update();
        String together = golden("crm", "C1");
        change("crm", "C1", HOLDS.formatted("bbb"));
        update();

        assertThat(younger).isNotEqualTo(older);
        assertThat(together).isEqualTo(older);
        assertThat(golden("old", "77")).isEqualTo(older);
        assertThat(golden("crm", "C1")).isEqualTo(younger);
        assertThat(moves())
                .containsExactly(
                        "77 none > " + older,
                        "C1 none > " + younger,
                        "C1 " + younger + " > " + older,
                        "C1 " + older + " > " + younger);
    }

    @Test
    void whereNothingHasChangedNobodyMoves() {
        seed("crm", "C1", HOLDS.formatted("aaa"));
        seed("old", "77", HOLDS.formatted("aaa"));
        update();
        List<String> moves = moves();

        update();

        assertThat(moves()).isEqualTo(moves).hasSize(2);
    }

    @Test
    void aCustomerOutlivesTheRecordItBeganWith() {
        seed("billing", "c", HOLDS.formatted("aaa"));
        seed("crm", "C1", HOLDS.formatted("aaa"));
        update();
        String before = golden("crm", "C1");
        store.sql
                .sql("update record set deleted = true where id like '%:customer:c'")
                .update();

        update();
        String alone = golden("crm", "C1");
        store.sql.sql("update record set deleted = false").update();
        update();

        assertThat(alone).isEqualTo(before);
        assertThat(golden("crm", "C1")).isEqualTo(before);
        assertThat(groups()).containsExactly("c C1");
    }

    @Test
    void theWeakerLinkGivesWayWhereTwoAreKnownToBeApart() {
        String both =
                "{\"kind\": \"person\", \"identifiers\": [{\"type\": \"cnResidentId\", \"hash\": \"h1:%s\", \"verified\": true},"
                        + " {\"type\": \"passport\", \"hash\": \"h1:%s\", \"verified\": true}]}";
        seed("billing", "c", both.formatted("aaa", "ppp"));
        seed(
                "crm",
                "C1",
                "{\"kind\": \"person\", \"identifiers\": [{\"type\": \"passport\", \"hash\": \"h1:ppp\", \"verified\": true}]}");
        seed("old", "77", both.formatted("bbb", "ppp"));

        update();

        assertThat(groups()).containsExactly("c C1", "77");
        assertThat(Pairs.standing(store))
                .contains(
                        "ID-HASH linked billing customer c = crm customer C1",
                        "ID-HASH vetoed other-number billing customer c = old customer 77",
                        "ID-HASH review cluster-apart crm customer C1 = old customer 77");
    }

    @Test
    void oneWhoIsLikeManyMakesNoGiant() {
        String poisoned = "{\"kind\": \"person\", \"ext\": {\"yj.consNo\": \"%d\"}}";
        StringBuilder identifiers = new StringBuilder();
        for (int i = 0; i < 80; i++) {
            identifiers
                    .append(i == 0 ? "" : ",")
                    .append("{\"type\": \"other\", \"hash\": \"h1:n%d\", \"verified\": true}".formatted(i));
            seed(
                    "crm",
                    "C" + i,
                    "{\"kind\": \"person\", \"identifiers\": [{\"type\": \"other\", \"hash\": \"h1:n%d\", \"verified\": true}]}"
                            .formatted(i));
        }
        seed(
                "old",
                "P",
                poisoned.formatted(0).replace("{\"kind\"", "{\"identifiers\": [" + identifiers + "], \"kind\""));

        update();

        assertThat(store.sql
                        .sql("select max(n) from (select count(*) as n from golden_member group by golden) g")
                        .query(Long.class)
                        .single())
                .isEqualTo(50);
        assertThat(Pairs.standing(store))
                .filteredOn(pair -> pair.contains("cluster-large"))
                .hasSize(31);
    }

    @Test
    void inWhicheverOrderRecordsComeTheSameAreOne() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random dice = new Random(seed);
        List<String[]> records = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String holds = HOLDS.formatted("n" + dice.nextInt(9));
            records.add(new String[] {dice.nextBoolean() ? "crm" : "old", "K" + i, holds});
        }
        records.forEach(one -> seed(one[0], one[1], one[2]));
        update();
        List<String> expected = groups();

        for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
            Store other = Store.fresh();
            Collections.shuffle(records, dice);
            for (String[] one : records) {
                Seeds.record(other, one[0], "customer", one[1], one[2]);
                if (dice.nextInt(10) == 0) {
                    update(other);
                }
            }
            update(other);

            assertThat(groups(other)).as("shuffle %d of seed %d", shuffle, seed).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"update golden_log set night = 9", "delete from golden_log", "truncate golden_log"})
    void theMovesAreKeptForGood(String change) {
        seed("crm", "C1", HOLDS.formatted("aaa"));
        update();

        assertThatThrownBy(() -> store.sql.sql(change).update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("golden_log takes rows and never changes one");
    }

    private void seed(String silo, String key, String body) {
        Seeds.record(store, silo, "customer", key, body);
    }

    private void change(String silo, String key, String body) {
        store.sql
                .sql("delete from record where id = ?")
                .param("urn:isthmus:yj:" + silo + ":customer:" + key)
                .update();
        seed(silo, key, body);
    }

    private void update() {
        update(store);
    }

    private void update(Store at) {
        LinkReport report = new Linking(RULES, at.source, at.clock).update(++night, Linking.Notes.NONE);
        assertThat(report.fault()).isNull();
    }

    private String golden(String silo, String key) {
        return store.sql
                .sql("select golden from golden_member where member = ?")
                .param("urn:isthmus:yj:" + silo + ":customer:" + key)
                .query(String.class)
                .single();
    }

    private List<String> groups() {
        return groups(store);
    }

    private static List<String> groups(Store at) {
        return at.sql
                .sql("select string_agg(native_key(member), ' ' order by member) from golden_member group by golden"
                        + " order by min(member)")
                .query(String.class)
                .list();
    }

    private List<String> moves() {
        return store.sql
                .sql("select native_key(member) || ' ' || coalesce(from_golden, 'none') || ' > '"
                        + " || coalesce(to_golden, 'none') from golden_log order by id")
                .query(String.class)
                .list();
    }
}
