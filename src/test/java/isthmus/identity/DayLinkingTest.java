package isthmus.identity;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.crosscheck.Seeds;
import isthmus.security.Fingerprints;
import isthmus.security.seal.Sealer;
import isthmus.security.seal.Seals;
import isthmus.store.ChunkStore;
import isthmus.store.Runs;
import isthmus.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What changes between nights is matched at once, and the night finds nothing else. */
class DayLinkingTest {
    private static final IdentityRules RULES = IdentityRules.read(Path.of("config"), Pairs.SYSTEMS);
    private static final String PERSON = """
            {"kind": "person", "name": {"display": "%s"}, "contacts": [{"value": "%s"}],
             "addresses": [{"normalized": "河南省新乡市红旗区平原路%d号锦绣花园%d号楼1单元101"}]}""";
    private static final String HOLDS =
            "{\"kind\": \"person\", \"identifiers\": [{\"type\": \"cnResidentId\", \"hash\": \"h1:%s\", \"verified\": true}]}";

    private final Store store = Store.fresh();
    private final DayLinking day =
            new DayLinking(RULES, store.source, store.source, store.clock, goldens(store), Seals.NONE);
    private long night;

    @Test
    void nothingIsMatchedBeforeANightHasCountedHowCommonNamesAre() {
        seed("crm", "C1", HOLDS.formatted("aaa"));

        assertThat(day.match(List.of(id("crm", "C1")))).isFalse();
        assertThat(groups(store)).isEmpty();
    }

    @Test
    void aCustomerIsLinkedWhenItHasComeAndPartedWhenItIsAnother() {
        seed("old", "77", HOLDS.formatted("aaa"));
        seed("crm", "C1", HOLDS.formatted("bbb"));
        night();
        assertThat(groups(store)).containsExactly("C1", "77");

        change("crm", "C1", HOLDS.formatted("aaa"));
        assertThat(day.match(List.of(id("crm", "C1")))).isTrue();
        assertThat(groups(store)).containsExactly("C1 77");

        change("crm", "C1", HOLDS.formatted("ccc"));
        day.match(List.of(id("crm", "C1")));
        assertThat(groups(store)).containsExactly("C1", "77");

        remove("crm", "C1");
        day.match(List.of(id("crm", "C1")));
        assertThat(groups(store)).containsExactly("77");
    }

    @Test
    void aCustomerIsLinkedByWhatItIsLike() {
        seed("old", "77", PERSON.formatted("欧阳晓薇", "+8613911112222", 12, 3));
        night();

        seed("crm", "C1", PERSON.formatted("欧阳晓薇", "+8613911112222", 12, 3));
        day.match(List.of(id("crm", "C1")));

        assertThat(links(store)).containsExactly("C1 77 MATCH linked");
        assertThat(groups(store)).containsExactly("C1 77");
    }

    @Test
    void anAccountThatComesJoinsWhoNamesItAndWhoPays() {
        seed("billing", "acct-310", "{\"kind\": \"person\"}");
        seed("crm", "C1", "{\"kind\": \"person\", \"ext\": {\"yj.consNo\": \"310\"}}");
        night();
        assertThat(groups(store)).containsExactly("acct-310", "C1");

        account("310", "acct-310");
        day.match(List.of("urn:isthmus:yj:billing:account:310"));

        assertThat(groups(store)).containsExactly("acct-310 C1");
    }

    @Test
    void whatTheChangeLogTellsIsTakenUpOnceAndBuilt() {
        seed("old", "77", HOLDS.formatted("aaa"));
        night();
        seed("crm", "C1", HOLDS.formatted("aaa"));
        told(1_000, id("crm", "C1"));

        assertThat(day.catchUp()).isEqualTo(1);
        assertThat(day.catchUp()).isZero();

        assertThat(groups(store)).containsExactly("C1 77");
        assertThat(store.sql
                        .sql("select json_array_length(body -> 'links') from record where entity = 'unifiedcustomer'")
                        .query(Integer.class)
                        .list())
                .containsExactly(1);
    }

    @Test
    void whatComesWhileTheNightIsAtItIsTakenUpAfterwards() throws SQLException {
        seed("old", "77", HOLDS.formatted("aaa"));
        night();
        seed("crm", "C1", HOLDS.formatted("aaa"));
        told(1_000, id("crm", "C1"));

        try (Connection other = store.source.getConnection()) {
            other.setAutoCommit(false);
            Judging.begin(Session.ending(other), "");
            assertThat(day.catchUp()).isZero();
            other.rollback();
        }

        assertThat(day.catchUp()).isEqualTo(1);
    }

    /** Customers of three systems change at random, each taken up by itself; then all are taken up anew, and nothing is other. */
    @RepeatedTest(4)
    void oneByOneGivesWhatAllTogetherGive() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random dice = new Random(seed);
        List<String[]> all = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String silo = new String[] {"crm", "old", "billing"}[i % 3];
            all.add(new String[] {silo, "K" + i});
            seed(silo, "K" + i, some(dice));
        }
        night();

        for (int i = 0; i < 25; i++) {
            String[] one = all.get(dice.nextInt(all.size()));
            remove(one[0], one[1]);
            if (dice.nextInt(6) > 0) {
                seed(one[0], one[1], some(dice));
            }
            assertThat(day.match(List.of(id(one[0], one[1]))))
                    .as("seed %d", seed)
                    .isTrue();
        }
        List<String> links = links(store);
        List<String> groups = groups(store);
        List<String> goldens = built(store);
        store.sql.sql("update match_subject set contenthash = ''").update();
        assertThat(day.match(all.stream().map(one -> id(one[0], one[1])).toList()))
                .isTrue();

        assertThat(links(store)).as("seed %d", seed).isEqualTo(links);
        assertThat(groups(store)).as("seed %d", seed).isEqualTo(groups);
        assertThat(built(store)).as("seed %d", seed).isEqualTo(goldens);
    }

    /** Few names, flats and numbers, so that there are links, rivals, vetoes and chains. */
    private static String some(Random dice) {
        String name = new String[] {"欧阳晓薇", "欧阳晓微", "司马长风", "王伟"}[dice.nextInt(4)];
        int place = 10 + dice.nextInt(3);
        String phone = "+861391111222" + dice.nextInt(3);
        String person = PERSON.formatted(name, phone, place, place).strip();
        return dice.nextInt(3) > 0
                ? person
                : person.substring(0, person.length() - 1)
                        + ", \"identifiers\": [{\"type\": \"cnResidentId\", \"hash\": \"h1:" + dice.nextInt(4)
                        + "\", \"verified\": true}]}";
    }

    private void seed(String silo, String key, String body) {
        Seeds.record(store, silo, "customer", key, body);
    }

    private void account(String no, String customer) {
        Seeds.record(
                store,
                "billing",
                "account",
                no,
                "{\"accountNo\": \"%s\", \"customer\": \"%s\"}".formatted(no, id("billing", customer)));
    }

    private void told(long chunk, String id) {
        store.sql.sql("insert into chunk_log (chunk) values (?)").param(chunk).update();
        store.sql
                .sql(
                        "insert into change (chunk, n, entity, id, op, sequence, contenthash, time, time_offset, partitionkey,"
                                + " ordinal, mapping, body) values (?, 1, 'customer', ?, 'upsert', '1', '', now(), 0, '', 1, '', '{}')")
                .params(chunk, id)
                .update();
    }

    private void change(String silo, String key, String body) {
        remove(silo, key);
        seed(silo, key, body);
    }

    private void remove(String silo, String key) {
        store.sql.sql("delete from record where id = ?").param(id(silo, key)).update();
    }

    private void night() {
        LinkReport report = new Linking(RULES, store.source, store.clock).update(++night, Linking.Notes.NONE);
        assertThat(report.fault()).isNull();
    }

    private static String id(String silo, String key) {
        return "urn:isthmus:yj:" + silo + ":customer:" + key;
    }

    private static Goldens goldens(Store store) {
        ChunkStore chunks = new ChunkStore(store.source, store.clock, Sealer.NONE);
        return new Goldens(
                store.source,
                chunks,
                new Runs(store.source, store.clock),
                RULES,
                Fingerprints.nobodys(),
                store.clock,
                Seals.NONE);
    }

    private static List<String> groups(Store at) {
        return at.sql
                .sql("select string_agg(native_key(member), ' ' order by member) from golden_member group by golden"
                        + " order by min(member)")
                .query(String.class)
                .list();
    }

    private static List<String> links(Store at) {
        return at.sql
                .sql(
                        "select concat_ws(' ', native_key(left_id), native_key(right_id), rule, state, reason) from link_now"
                                + " where state <> 'ended' order by left_id, right_id")
                .query(String.class)
                .list();
    }

    private static List<String> built(Store at) {
        return at.sql
                .sql("select concat_ws(' ', id, anchor, inputs) from golden order by id")
                .query(String.class)
                .list();
    }
}
