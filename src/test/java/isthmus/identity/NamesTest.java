package isthmus.identity;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.audit.Audit;
import isthmus.crosscheck.Seeds;
import isthmus.identity.LinkReport.Huge;
import isthmus.security.seal.Seals;
import isthmus.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What a night says of names that do not fit, of those who are there twice, and of what too many have in common. */
class NamesTest {
    private static final IdentityRules RULES = IdentityRules.read(Path.of("config"), Pairs.SYSTEMS);
    private static final String CUSTOMER = "urn:isthmus:yj:crm:customer:";
    private static final int MANY = 5_000;

    private final Store store = Store.fresh();
    private final Decisions decisions =
            new Decisions(store.source, new Audit(store.source, store.clock), RULES, store.clock, Seals.NONE);

    @Test
    void aTelephoneThatFiveThousandHaveMakesNobodyOneAndIsNamed() {
        crowd(MANY, "+8613700001234");
        person("D1", "李婷", "+8613700005678");
        person("D2", "李婷", "+8613700005678");

        LinkReport report = night(1);

        assertThat(report.fault()).isNull();
        assertThat(report.huge()).containsExactly(new Huge("person", "contact", MANY, CUSTOMER + "C0000"));
        assertThat(report.toString()).doesNotContain("1370000");
        assertThat(store.count("golden_member")).isEqualTo(MANY + 2);
        assertThat(largest()).isEqualTo(1);
        assertThat(store.count("link_now where right_id like '%customer:C%'")).isZero();
    }

    @Test
    void whatAsManyHaveAsMayIsNotNamed() {
        crowd(200, "+8613700001234");

        assertThat(night(1).huge()).isEmpty();

        person("D1", "李婷", "+8613700001234");

        assertThat(night(2).huge()).extracting(Huge::records).containsExactly(201L);
    }

    @Test
    void whomAPersonHasLinkedInSpiteOfTheirNamesIsToldUntilTheyArePartedAgain() {
        person("C1", "李婷", "+8613700001234");
        person("C2", "张伟", "+8613700009999");
        decisions.say(CUSTOMER + "C1", CUSTOMER + "C2", Decisions.Word.LINK, "called back", "ab12");
        night(1);

        List<String> told = othernames();
        decisions.say(CUSTOMER + "C1", CUSTOMER + "C2", Decisions.Word.REJECT, "a mistake", "ab12");
        List<String> parted = othernames();
        night(2);

        assertThat(told).containsExactly("C1 C2 person");
        assertThat(parted).isEmpty();
        assertThat(store.count("link_othername")).isZero();
    }

    @Test
    void whoeverIsThereTwiceIsToldUntilTheyAreOne() {
        person("C1", "李婷", "+8613700001234", "河南省新乡市红旗区平原路28号锦绣花园3号楼2单元501");
        person("C2", "李婷女士", "+8613700009999", "新乡市红旗区平原路28号锦绣花园三栋2单元501室");
        night(1);
        List<String> told = duplicates();

        decisions.say(CUSTOMER + "C1", CUSTOMER + "C2", Decisions.Word.LINK, "called back", "ab12");
        night(2);

        assertThat(told).containsExactly("C1 C2 name-and-flat");
        assertThat(duplicates()).isEmpty();
    }

    @Test
    void hundredsOfOneNameInOneHouseAreToldAgainstTheFirst() {
        for (int i = 0; i < 300; i++) {
            person(String.format(Locale.ROOT, "C%03d", i), "李婷", "", "河南省新乡市红旗区平原路28号锦绣花园3号楼2单元501");
        }

        night(1);

        assertThat(duplicates()).hasSize(299).allMatch(pair -> pair.startsWith("C000 "));
    }

    private LinkReport night(long night) {
        return new Linking(RULES, store.source, store.clock).update(night, Linking.Notes.NONE);
    }

    /** So many persons, each with a name of their own, and all with one telephone. */
    private void crowd(int persons, String phone) {
        store.sql.sql("""
                        insert into record (entity, id, silo, sequence, deleted, contenthash, keyhash, rowhash, time, partitionkey,
                            recorded_from, chunk, ordinal, mapping, body)
                        select 'customer', ? || 'C' || lpad(i::text, 4, '0'), 'crm', '1', false, i::text, md5(i::text)::uuid,
                            md5('')::uuid, now(), '', now(), 1, 1, '',
                            json_build_object('kind', 'person', 'contacts', json_build_array(json_build_object('value', ?)),
                                'name', json_build_object('display', chr(19968 + i * 3 % 9000) || chr(19968 + i * 7 % 9000) || chr(19968 + i)))
                        from generate_series(0, ? - 1) as i
                        """).params(CUSTOMER, phone, persons).update();
    }

    private void person(String key, String name, String phone, String... addresses) {
        StringBuilder places = new StringBuilder();
        for (String address : addresses) {
            places.append("{\"normalized\": \"").append(address).append("\"}");
        }
        String contact = phone.isEmpty() ? "" : "{\"value\": \"" + phone + "\"}";
        Seeds.record(
                store,
                "crm",
                "customer",
                key,
                "{\"kind\": \"person\", \"name\": {\"display\": \"" + name + "\"}, \"contacts\": [" + contact
                        + "], \"addresses\": [" + places + "]}");
    }

    private List<String> othernames() {
        return texts("select left_no || ' ' || right_no || ' ' || decided_by from v_othername order by 1");
    }

    private List<String> duplicates() {
        return texts("select left_no || ' ' || right_no || ' ' || shared from v_duplicate order by 1");
    }

    private List<String> texts(String sql) {
        return store.sql.sql(sql).query(String.class).list();
    }

    private long largest() {
        return store.sql
                .sql("select max(members) from (select count(*) as members from golden_member group by golden) as one")
                .query(Long.class)
                .single();
    }
}
