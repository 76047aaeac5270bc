package isthmus.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.audit.Audit;
import isthmus.crosscheck.Seeds;
import isthmus.erasure.Canary;
import isthmus.model.Fact;
import isthmus.model.Op;
import isthmus.security.Fingerprints;
import isthmus.security.seal.Seals;
import isthmus.store.Cargo;
import isthmus.store.ChunkStore;
import isthmus.store.Runs;
import isthmus.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In a store that is sealed the same is found as in one that is not, and nobody is named. */
class SealedLinkingTest {
    private static final IdentityRules RULES = IdentityRules.read(Path.of("config"), Pairs.SYSTEMS);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-30T18:00:00Z"), ZoneOffset.UTC);
    private static final Store SCENE = Store.fresh();
    private static final Seals SEALS = SealedStore.seals(SCENE);
    private static final List<String> CANARIES = List.of(
            "欧阳晓薇",
            "歐陽曉薇",
            "ouyang",
            "司马长风",
            "王志强",
            "诸葛明月",
            "诸葛",
            "上官",
            "鑫源",
            "13911112222",
            "13922223333",
            "13700007777",
            "锦绣花园",
            "平原路12号",
            "平原路",
            "慕容");

    @ParameterizedTest
    @MethodSource("isthmus.identity.LinkingTest#scenes")
    void aSealedSceneGivesThePairsItSays(JsonNode scene) {
        SCENE.forget();
        Seeds.write(SCENE, scene.path("records"));
        SealedStore.seal(SCENE, SEALS);

        LinkReport report = new Linking(RULES, SCENE.source, CLOCK, null, SEALS).update(1, Linking.Notes.NONE);

        assertThat(report.fault()).isNull();
        assertThat(Pairs.standing(SCENE))
                .containsExactlyInAnyOrderElementsOf(
                        StreamSupport.stream(scene.path("pairs").spliterator(), false)
                                .map(JsonNode::asText)
                                .toList());
    }

    @Test
    void nightsAndDaysFindTheSameAndNameNobody() {
        Store sealedStore = Store.fresh();
        Hub sealed = new Hub(sealedStore, SealedStore.seals(sealedStore));
        Hub clear = new Hub(Store.fresh(), Seals.NONE);
        List<Hub> both = List.of(sealed, clear);

        both.forEach(Hub::lay);
        both.forEach(Hub::night);
        assertThat(sealed.links())
                .contains(
                        "310 C1 XREF linked null",
                        "311 C2 XREF review other-name",
                        "312 C4 XREF linked null",
                        "C3 77 MATCH linked null",
                        "C5 78 ID-HASH review other-name");
        assertThat(sealed.everything()).isEqualTo(clear.everything());

        both.forEach(Hub::dayOfChanges);
        assertThat(sealed.links())
                .contains("C3 77 MATCH review unlike", "C6 79 MATCH linked null", "C5 78 ID-HASH linked null");
        assertThat(sealed.everything()).isEqualTo(clear.everything());

        both.forEach(hub -> hub.decisions.set(id("crm", "C1"), "/name", "慕容雪", "on paper", "ab12"));
        both.forEach(hub -> hub.decisions.set(id("crm", "C1"), "/contacts/mobile", "+8613700007777", "said", "ab12"));
        both.forEach(
                hub -> hub.decisions.set(id("old", "79"), "/contacts/email", "ouyang2@example.com", "said", "ab12"));
        both.forEach(Hub::night);
        assertThat(sealed.everything()).isEqualTo(clear.everything());
        assertThat(sealed.everything().toString()).contains("慕容雪", "ouyang2@example.com");

        assertThat(Canary.in(sealed.store, CANARIES)).isEmpty();
        assertThat(Canary.in(clear.store, CANARIES))
                .as("what is looked for is there to be found")
                .contains("match_subject: 锦绣花园", "golden_said: 慕容");
        assertThat(sealed.tokens()).doesNotContainAnyElementsOf(clear.tokens());
    }

    @Test
    void underAnotherKeyAllIsMadeAnewByNight() {
        Store store = Store.fresh();
        Hub before = new Hub(store, Seals.NONE);
        before.lay();
        before.night();
        List<String> found = before.links();
        Set<Long> tokens = before.tokens();
        Hub after = new Hub(store, SealedStore.seals(store));

        assertThat(after.day.match(List.of(id("crm", "C1"))))
                .as("left to the night")
                .isFalse();
        after.night();

        assertThat(after.links()).isEqualTo(found);
        assertThat(after.tokens()).isNotEmpty().doesNotContainAnyElementsOf(tokens);
        assertThat(after.day.match(List.of(id("crm", "C1")))).isTrue();
    }

    private static String id(String silo, String key) {
        return "urn:isthmus:yj:" + silo + ":customer:" + key;
    }

    /** A store and what links in it. */
    private static final class Hub {
        private final Store store;
        private final Seals seals;
        private final ChunkStore chunks;
        private final Goldens goldens;
        private final DayLinking day;
        private final Decisions decisions;
        private long nights;
        private int version;

        Hub(Store store, Seals seals) {
            this.store = store;
            this.seals = seals;
            this.chunks = new ChunkStore(store.source, CLOCK, seals.sealer());
            this.goldens = new Goldens(
                    store.source, chunks, new Runs(store.source, CLOCK), RULES, Fingerprints.nobodys(), CLOCK, seals);
            this.day = new DayLinking(RULES, store.source, store.source, CLOCK, goldens, seals);
            this.decisions = new Decisions(store.source, new Audit(store.source, CLOCK), RULES, CLOCK, seals);
        }

        void lay() {
            commit(
                    person("crm", "C1", "欧阳晓薇", "+8613911112222", 12, "310", ""),
                    person("billing", "acct-310", "歐陽曉薇", "+8613911112222", 13, "", ""),
                    person("crm", "C2", "司马长风", "+8613922223333", 21, "311", ""),
                    person("billing", "acct-311", "王志强", "+8613922224444", 22, "", ""),
                    person("crm", "C3", "诸葛明月", "+8613933335555", 31, "", ""),
                    person("old", "77", "诸葛 明月", "+8613933335555", 31, "", ""),
                    organization("crm", "C4", "新乡市鑫源食品", "312"),
                    organization("billing", "acct-312", "新乡市鑫源食品有限公司", ""),
                    person("crm", "C5", "上官云", "+8613944445555", 41, "", "one"),
                    person("old", "78", "王志强", "+8613944446666", 42, "", "one"));
            commit(account("310"), account("311"), account("312"));
        }

        void dayOfChanges() {
            commit(
                    person("old", "77", "王志强", "+8613933335555", 31, "", ""),
                    person("old", "78", "上官 云", "+8613944446666", 42, "", "one"),
                    person("crm", "C6", "诸葛小亮", "+8613955556666", 51, "", ""),
                    person("old", "79", "诸葛小亮", "+8613955556666", 51, "", ""));
            assertThat(day.catchUp()).isEqualTo(4);
        }

        private void commit(Fact... facts) {
            version++;
            chunks.commit(Cargo.chunk(1, facts));
        }

        private Fact person(
                String silo, String key, String name, String phone, int place, String account, String hash) {
            return customer("person", silo, key, name, phone, place, account, hash);
        }

        private Fact customer(
                String kind,
                String silo,
                String key,
                String name,
                String phone,
                int place,
                String account,
                String hash) {
            String ext = account.isEmpty() ? "" : ",\"ext\":{\"yj.consNo\":\"" + account + "\"}";
            String numbers = hash.isEmpty()
                    ? ""
                    : ",\"identifiers\":[{\"hash\":\"h1:" + hash
                            + "\",\"masked\":\"410***\",\"type\":\"cnResidentId\",\"verified\":true}]";
            String body = "{\"addresses\":[{\"normalized\":\"河南省新乡市红旗区平原路" + place
                    + "号锦绣花园3号楼1单元101\",\"role\":\"supply\"}],\"contacts\":[{\"type\":\"mobile\",\"value\":\"" + phone
                    + "\"},{\"type\":\"email\",\"value\":\"ouyang" + key + "@example.com\"}]" + ext + ",\"id\":\""
                    + id(silo, key) + "\"" + numbers + ",\"kind\":\"" + kind + "\",\"name\":{\"display\":\"" + name
                    + "\"},\"status\":\"active\"}";
            return Cargo.fact("customer", id(silo, key), Op.UPSERT, version, body, null, List.of());
        }

        private Fact organization(String silo, String key, String name, String account) {
            return customer("organization", silo, key, name, "+863735551234", 61, account, "");
        }

        private Fact account(String no) {
            String id = "urn:isthmus:yj:billing:account:" + no;
            String body = "{\"accountNo\":\"" + no + "\",\"customer\":\"" + id("billing", "acct-" + no) + "\",\"id\":\""
                    + id + "\"}";
            return Cargo.fact("account", id, Op.UPSERT, version, body, null, List.of());
        }

        void night() {
            LinkReport report =
                    new Linking(RULES, store.source, CLOCK, goldens, seals).update(++nights, Linking.Notes.NONE);
            assertThat(report.fault()).isNull();
        }

        List<String> links() {
            return list("select concat(native_key(left_id), ' ', native_key(right_id), ' ', rule, ' ', state, ' ',"
                    + " coalesce(reason, 'null')) from link_now where state <> 'ended' order by left_id, right_id");
        }

        /** All that follows from the records, in clear. */
        List<String> everything() {
            List<String> all = new ArrayList<>(
                    list(
                            "select concat_ws(' ', left_id, right_id, rule, state, reason, evidence) from link_log order by id"));
            all.addAll(
                    list("select concat_ws(' ', l.id, r.id, posterior, vetoed, strong, levels, score) from match_pair"
                            + " join match_subject l on l.no = left_no join match_subject r on r.no = right_no"
                            + " order by least(l.id, r.id), greatest(l.id, r.id)"));
            all.addAll(list("select concat_ws(' ', left_id, right_id, shared) from golden_twin order by 1"));
            all.addAll(list("select concat_ws(' ', left_id, right_id) from link_othername order by 1"));
            all.addAll(list("select concat_ws(' ', member, golden) from golden_member order by 1"));
            store.sql
                    .sql("select id, body from record where entity = 'unifiedcustomer' order by id")
                    .query((row, n) -> seals.opener().open("unifiedcustomer", row.getString(1), row.getString(2)))
                    .list()
                    .forEach(all::add);
            all.add(new Review(store.source, CLOCK, ZoneOffset.UTC, seals)
                    .open(null, null, 100)
                    .toString());
            all.add(new Explain(RULES, store.source, seals)
                    .of(id("crm", "C3"), id("old", "77"))
                    .toString());
            all.add(new Learning(RULES, store.source, CLOCK, ZoneOffset.UTC, seals)
                    .learn()
                    .toString());
            return all;
        }

        Set<Long> tokens() {
            return new HashSet<>(store.sql
                    .sql(
                            "select key from match_key union select key from match_twin union select value from match_frequency"
                                    + " union select name from match_subject where name is not null"
                                    + " union select unnest(tokens) from match_subject")
                    .query(Long.class)
                    .list());
        }

        private List<String> list(String sql) {
            return store.sql.sql(sql).query(String.class).list();
        }
    }
}
