package isthmus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import isthmus.crosscheck.Seeds;
import isthmus.identity.Link.State;
import isthmus.identity.LinkReport.Count;
import isthmus.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** The log over several nights: nothing twice, nothing lost, no matter in which order records come. */
class LinkLogTest {
    private static final IdentityRules CROSSWALKS = IdentityRules.read(Path.of("config"), Pairs.SYSTEMS);
    private static final int SHUFFLES = 12;

    private final Store store = Store.fresh();
    private long night;

    private record Seed(String silo, String entity, String key, String body) {}

    @Test
    void whereNothingHasChangedNothingIsWritten() {
        everything().forEach(this::seed);
        LinkReport first = update();
        long rows = store.count("link_log");

        LinkReport second = update();

        assertThat(store.count("link_log")).isEqualTo(rows).isPositive();
        assertThat(second.rules())
                .allSatisfy(one -> assertThat(one.fresh() + one.ended()).isZero());
        assertThat(first.rules()).allSatisfy(one -> assertThat(one.fresh()).isEqualTo(one.linked()));
        assertThat(second.rules()).extracting(Count::rule).containsExactlyElementsOf(LinkRule.codes());
    }

    @Test
    void inWhicheverOrderRecordsComeTheSameLinksStand() {
        everything().forEach(this::seed);
        update();
        List<String> expected = told();
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random dice = new Random(seed);

        for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
            store.forget();
            update();
            List<Seed> order = new ArrayList<>(everything());
            Collections.shuffle(order, dice);
            for (Seed one : order) {
                seed(one);
                if (dice.nextInt(order.size()) < 3) {
                    update();
                }
            }
            update();

            assertThat(told()).as("shuffle %d of seed %d", shuffle, seed).isEqualTo(expected);
        }
    }

    @Test
    void aLinkThatHoldsNoMoreIsEndedAndComesBackWithANewRow() {
        seed("old", "account", "310", "{\"accountNo\": \"310\"}");
        seed("billing", "account", "310", "{\"accountNo\": \"310\"}");
        update();
        store.sql.sql("update record set deleted = true where silo = 'old'").update();
        LinkReport gone = update();
        store.sql.sql("update record set deleted = false").update();
        LinkReport back = update();

        assertThat(gone.rules()).contains(new Count("ACCT-NO", 0, 0, 0, 0, 1));
        assertThat(back.rules()).contains(new Count("ACCT-NO", 1, 0, 0, 1, 0));
        assertThat(log()).containsExactly("1 linked", "2 ended holds-no-more", "3 linked");
    }

    @Test
    void anotherRuleThatDecidesTakesTheLinkOver() {
        String hung = "{\"assetNo\": \"41\", \"installations\": [{\"servicePoint\": \"%s\"}]}";
        seed("billing", "servicepoint", "P1", "{\"servicePointNo\": \"P1\"}");
        seed("metering", "servicepoint", "77", "{\"servicePointNo\": \"77\"}");
        seed("billing", "meter", "41", hung.formatted("urn:isthmus:yj:billing:servicepoint:P1"));
        seed("metering", "meter", "41", hung.formatted("urn:isthmus:yj:metering:servicepoint:77"));
        update();
        store.sql
                .sql("update record set body = '{\"servicePointNo\": \"P1\"}' where id like '%:servicepoint:77'")
                .update();

        LinkReport report = update();

        assertThat(report.rules()).contains(new Count("SP-NO", 1, 0, 0, 1, 0), new Count("ASSET-NO", 0, 0, 0, 0, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"update link_log set state = 'ended'", "delete from link_log", "truncate link_log"})
    void theLogTakesRowsAndNeverChangesOne(String change) {
        seed("old", "account", "310", "{\"accountNo\": \"310\"}");
        seed("billing", "account", "310", "{\"accountNo\": \"310\"}");
        update();

        assertThatThrownBy(() -> store.sql.sql(change).update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("link_log takes rows and never changes one");

        assertThat(log()).containsExactly("1 linked");
    }

    @Test
    void noNightOverrulesAPerson() {
        seed("old", "account", "310", "{\"accountNo\": \"310\"}");
        seed("billing", "account", "310", "{\"accountNo\": \"310\"}");
        update();
        store.sql
                .sql(
                        "insert into link_log (left_id, right_id, rule, state, reason, evidence, rules_version, decided_by, at)"
                                + " select left_id, right_id, rule, 'vetoed', 'rejected', evidence, rules_version, 'user:ab12', now() from link_now")
                .update();

        LinkReport after = update();
        store.forget();
        LinkReport gone = update();

        assertThat(after.rules()).contains(new Count("ACCT-NO", 0, 0, 1, 0, 0));
        assertThat(gone.rules()).contains(new Count("ACCT-NO", 0, 0, 1, 0, 0));
        assertThat(Pairs.standing(store))
                .containsExactly("ACCT-NO vetoed rejected billing account 310 = old account 310");
        assertThat(store.count("link_log")).isEqualTo(2);
    }

    @Test
    void aNumberThatTwentyHoldLinksThemAndTheTwentyFirstHasAllLookedAt() {
        for (int i = 0; i < 20; i++) {
            holder(i);
        }
        LinkReport twenty = update();
        holder(20);

        LinkReport more = update();

        assertThat(twenty.rules()).contains(new Count("ID-HASH", 190, 0, 0, 190, 0));
        assertThat(more.rules()).contains(new Count("ID-HASH", 0, 20, 0, 0, 190));
        assertThat(new Links(store.source).list(LinkRule.ID_HASH, State.REVIEW, 50))
                .hasSize(20)
                .allSatisfy(one -> {
                    assertThat(one.left()).endsWith(":C100");
                    assertThat(one.evidence())
                            .containsExactly(
                                    "Both hold the same verified cnResidentId, fingerprint h1:aaa.",
                                    "But more than twenty customers hold it, so it may be an agent's, or stand for nothing.");
                });
    }

    @Test
    void whatTheNightCouldNotNoteIsNotWritten() {
        seed("old", "account", "310", "{\"accountNo\": \"310\"}");
        seed("billing", "account", "310", "{\"accountNo\": \"310\"}");

        assertThatThrownBy(() -> linking().update(1, new Linking.Notes() {
                    @Override
                    public void settled(LinkReport report, Connection within) {
                        throw new IllegalStateException("the hub ends");
                    }
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(store.count("link_log")).isZero();
        assertThat(update().rules()).contains(new Count("ACCT-NO", 1, 0, 0, 1, 0));
    }

    @Test
    void aNightThatCannotLinkSaysSoWithoutAValueAndLeavesTheLinks() {
        seed("old", "account", "310", "{\"accountNo\": \"310\"}");
        seed("billing", "account", "310", "{\"accountNo\": \"310\"}");
        update();
        seed("crm", "customer", "C1", "{\"validFrom\": \"a secret\"}");

        LinkReport failed = update();

        assertThat(failed).isEqualTo(new LinkReport(List.of(), List.of(), "SQLState 22007"));
        assertThat(Pairs.standing(store)).hasSize(1);
    }

    @Test
    void theLogNamesNobody() {
        everything().forEach(this::seed);
        update();

        String log = store.sql
                .sql("select string_agg(link_log::text, E'\\n') from link_log")
                .query(String.class)
                .single();

        assertThat(log).contains("h1:aaa", "XREF").doesNotContain("李婷", "张伟", "110105");
    }

    @Test
    void aRecordIsShownWithAllThatWasFoundOfIt() {
        everything().forEach(this::seed);
        update();
        Links links = new Links(store.source);

        List<Link> found = links.of("urn:isthmus:yj:billing:account:310").orElseThrow();

        assertThat(found)
                .extracting(Link::rule, Link::state, Link::right)
                .containsExactly(
                        tuple("XREF", State.REVIEW, "urn:isthmus:yj:crm:customer:C1"),
                        tuple("XREF", State.VETOED, "urn:isthmus:yj:crm:customer:C2"));
        assertThat(found.get(0).evidence())
                .containsExactly(
                        "The customer names account 310 in yj.consNo.", "But their names do not resemble each other.");
        assertThat(found.get(1).evidence())
                .containsExactly(
                        "The customer names account 310 in yj.consNo.",
                        "But one had ended on 2019-12-31, before the other began on 2020-01-01.");
        assertThat(links.of("urn:isthmus:yj:crm:customer:C5")).hasValue(List.of());
        assertThat(links.of("urn:isthmus:yj:crm:customer:C0")).isEmpty();
        assertThat(links.standing())
                .extracting(Links.Standing::rule, Links.Standing::linked)
                .contains(tuple("USCC", 1L));
    }

    /** One of everything, tangled. */
    private static List<Seed> everything() {
        String person =
                "{\"kind\": \"person\", \"name\": {\"display\": \"%s\"}, \"identifiers\": [{\"type\": \"cnResidentId\","
                        + " \"hash\": \"%s\", \"masked\": \"110105********002X\", \"verified\": true}], \"validFrom\": \"%s\", \"ext\":"
                        + " {\"yj.consNo\": \"310\"}}";
        String company = "{\"kind\": \"organization\", \"identifiers\": [{\"type\": \"uscc\", \"hash\": \"h1:uuu\","
                + " \"verified\": true}]}";
        String hung =
                "{\"assetNo\": \"41\", \"installations\": [{\"servicePoint\": \"urn:isthmus:yj:%s:servicepoint:%s\"}]}";
        return List.of(
                new Seed("crm", "customer", "C1", person.formatted("李婷", "h1:aaa", "2010-01-01")),
                new Seed("crm", "customer", "C2", person.formatted("李婷", "h1:aaa", "2020-01-01")),
                new Seed("crm", "customer", "C3", company),
                new Seed("crm", "customer", "C4", company),
                new Seed("crm", "customer", "C5", "{\"kind\": \"person\"}"),
                new Seed("billing", "customer", "c", "{\"kind\": \"person\", \"name\": {\"display\": \"张伟\"}}"),
                new Seed(
                        "billing",
                        "account",
                        "310",
                        "{\"accountNo\": \"310\", \"customer\": \"urn:isthmus:yj:billing:customer:c\", \"closedAt\": \"2019-12-31\"}"),
                new Seed("billing", "account", "311", "{\"accountNo\": \"311\"}"),
                new Seed("old", "account", "311", "{\"accountNo\": \"311\"}"),
                new Seed("billing", "servicepoint", "MP1", "{\"servicePointNo\": \"MP1\"}"),
                new Seed("metering", "servicepoint", "MP1", "{\"servicePointNo\": \"MP1\"}"),
                new Seed("billing", "servicepoint", "P2", "{\"servicePointNo\": \"P2\"}"),
                new Seed("metering", "servicepoint", "78", "{\"servicePointNo\": \"78\"}"),
                new Seed("billing", "meter", "41", hung.formatted("billing", "P2")),
                new Seed("metering", "meter", "41", hung.formatted("metering", "78")));
    }

    private void holder(int i) {
        seed(
                "crm",
                "customer",
                "C1%02d".formatted(i),
                "{\"identifiers\": [{\"type\": \"cnResidentId\", \"hash\": \"h1:aaa\", \"verified\": true}]}");
    }

    private void seed(Seed one) {
        seed(one.silo(), one.entity(), one.key(), one.body());
    }

    private void seed(String silo, String entity, String key, String body) {
        Seeds.record(store, silo, entity, key, body);
    }

    private LinkReport update() {
        return linking().update(++night, Linking.Notes.NONE);
    }

    private Linking linking() {
        return new Linking(CROSSWALKS, store.source, store.clock);
    }

    /** Everything about what stands but when it was decided. */
    private List<String> told() {
        return store.sql
                .sql(
                        "select concat_ws(' ', left_id, right_id, rule, state, reason, evidence) from link_now where state <> 'ended' order by 1")
                .query(String.class)
                .list();
    }

    private List<String> log() {
        return store.sql
                .sql("select concat_ws(' ', night, state, reason) from link_log order by id")
                .query(String.class)
                .list();
    }
}
