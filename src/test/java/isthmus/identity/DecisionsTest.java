package isthmus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.audit.Audit;
import isthmus.crosscheck.Seeds;
import isthmus.identity.Decisions.Decided;
import isthmus.identity.Decisions.Needless;
import isthmus.identity.Decisions.NightLinks;
import isthmus.identity.Decisions.Unfit;
import isthmus.identity.Decisions.Word;
import isthmus.identity.Link.State;
import isthmus.security.seal.Seals;
import isthmus.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person says of two records, over the nights that follow. */
class DecisionsTest {
    private static final IdentityRules RULES = IdentityRules.read(Path.of("config"), Pairs.SYSTEMS);
    private static final String CLERK = "urn:isthmus:yj:billing:customer:b1";
    private static final String CALLER = "urn:isthmus:yj:crm:customer:C1";
    private static final String OTHER = "urn:isthmus:yj:crm:customer:C2";
    private static final String ACCOUNT = "urn:isthmus:yj:billing:account:310";

    private final Store store = Store.fresh();
    private final Decisions decisions =
            new Decisions(store.source, new Audit(store.source, store.clock), RULES, store.clock, Seals.NONE);
    private final Links links = new Links(store.source);
    private long night;

    @Test
    void whatAPersonLinksStaysLinkedThroughTheNights() {
        alike();
        update();
        assertThat(stands()).isEqualTo("review unsure by rules");

        Decided decided = decisions.say(CALLER, CLERK, Word.LINK, "called back", "ab12");
        update();
        store.sql
                .sql("update record set deleted = true where id = ?")
                .param(CLERK)
                .update();
        update();

        assertThat(decided.before()).isNotNull();
        assertThat(decided.after().rule()).isEqualTo("MATCH");
        assertThat(decided.after().left()).isEqualTo(CLERK);
        assertThat(stands()).isEqualTo("linked null by user:ab12");
        assertThat(audit()).containsExactly("ab12 identity.link " + CLERK + " " + CALLER + " called back");
    }

    @Test
    void whatAPersonRejectsIsNeverProposedAgainUntilItIsTakenBack() {
        alike();
        update();

        decisions.say(CLERK, CALLER, Word.REJECT, "mother and daughter", "ab12");
        update();
        long rows = store.count("link_log");
        update();

        assertThat(stands()).isEqualTo("vetoed rejected by user:ab12");
        assertThat(store.count("link_log")).isEqualTo(rows);
        assertThat(new Review(store.source, store.clock, store.clock.getZone(), Seals.NONE)
                        .open(null, null, 10)
                        .open())
                .isEmpty();

        decisions.say(CALLER, CLERK, Word.UNDO, "the wrong pair", "cd34");
        assertThat(stands()).isEqualTo("ended undone by user:cd34");
        update();
        update();

        assertThat(stands()).isEqualTo("review unsure by rules");
        assertThat(store.count("link_log")).isEqualTo(rows + 2);
        assertThat(audit())
                .hasSize(2)
                .last()
                .isEqualTo("cd34 identity.undo " + CLERK + " " + CALLER + " the wrong pair");
    }

    @Test
    void twoThatNoRuleHasFoundAreLinkedByAPersonAlone() {
        alike();
        customer("crm", "C2", "赵一", "+8613900000009");
        update();

        Decided decided = decisions.say(OTHER, CLERK, Word.LINK, "the deed of sale", "ab12");
        update();
        update();

        assertThat(decided.before()).isNull();
        assertThat(links.between(CLERK, OTHER).orElseThrow())
                .extracting(Link::rule, Link::state, Link::by)
                .containsExactly("PERSON", State.LINKED, "user:ab12");
        assertThat(links.of(OTHER).orElseThrow().get(0).evidence()).containsExactly("No rule had found them.");

        decisions.say(OTHER, CLERK, Word.UNDO, "forged", "ab12");
        update();

        assertThat(links.between(CLERK, OTHER).orElseThrow().state()).isEqualTo(State.ENDED);
    }

    @Test
    void anAccountComesFirstWhoeverNamesIt() {
        alike();
        Seeds.record(store, "billing", "account", "310", "{\"accountNo\": \"310\", \"customer\": \"" + CLERK + "\"}");
        update();

        Link link = decisions.say(CALLER, ACCOUNT, Word.LINK, "pays it", "ab12").after();

        assertThat(link.left()).isEqualTo(ACCOUNT);
        assertThat(link.right()).isEqualTo(CALLER);
    }

    @Test
    void whomAPersonHasToldApartIsNoRivalAnyMore() {
        customer("billing", "b1", "李婷", "+8613812340001");
        customer("crm", "C1", "李婷", "+8613812340001");
        customer("crm", "C2", "李婷", "+8613812340001");
        store.sql
                .sql(
                        "update record set body = replace(body::text, '}', ', \"addresses\": [{\"normalized\": \"建国路88号3栋501室\"}]}')::json where id <> ?")
                .param(OTHER)
                .update();
        store.sql.sql("update match_subject set shape = ''").update();
        update();
        String before = stands();

        decisions.say(OTHER, CLERK, Word.REJECT, "another person of that name", "ab12");
        decisions.say(OTHER, CALLER, Word.REJECT, "another person of that name", "ab12");
        update();

        assertThat(before).isEqualTo("review rival by rules");
        assertThat(stands()).isEqualTo("linked null by rules");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    urn:isthmus:yj:billing:customer:b1 | urn:isthmus:yj:billing:customer:b1 | right | one record is not two
                    urn:isthmus:yj:billing:customer:b9 | urn:isthmus:yj:crm:customer:C1     | left  | the store has no such record
                    urn:isthmus:yj:crm:customer:C1     | urn:isthmus:yj:billing:servicepoint:P | right | neither a customer nor an account
                    urn:isthmus:yj:billing:account:310 | urn:isthmus:yj:billing:account:311 | right | two accounts; a customer is linked with an account or another customer
                    """)
    void whatCannotBeLinkedIsSaid(String left, String right, String side, String told) {
        alike();
        Seeds.record(store, "billing", "account", "310", "{}");
        Seeds.record(store, "billing", "account", "311", "{}");
        Seeds.record(store, "billing", "servicepoint", "P", "{}");

        assertThatThrownBy(() -> decisions.say(left, right, Word.LINK, "why", "ab12"))
                .isInstanceOfSatisfying(
                        Unfit.class, unfit -> assertThat(unfit.side()).isEqualTo(side))
                .hasMessage(told);

        assertThat(store.count("link_log") + store.count("audit")).isZero();
    }

    @Test
    void whatIsSoAlreadyIsNotSaidTwice() {
        alike();

        assertThatThrownBy(() -> decisions.say(CLERK, CALLER, Word.UNDO, "why", "ab12"))
                .isInstanceOf(Needless.class);
        decisions.say(CLERK, CALLER, Word.LINK, "why", "ab12");
        assertThatThrownBy(() -> decisions.say(CALLER, CLERK, Word.LINK, "why", "cd34"))
                .isInstanceOf(Needless.class);
        Decided looked = decisions.look(CALLER, CLERK, Word.REJECT, "cd34");

        assertThat(looked.after().state()).isEqualTo(State.VETOED);
        assertThat(store.count("link_log")).isEqualTo(1);
        assertThat(store.count("audit")).isEqualTo(1);
    }

    @Test
    void whileANightLinksItIsSaidToComeBack() throws SQLException {
        alike();

        try (Connection other = store.source.getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table link_log in share row exclusive mode");

            assertThatThrownBy(() -> decisions.say(CLERK, CALLER, Word.LINK, "why", "ab12"))
                    .isInstanceOf(NightLinks.class);
            other.rollback();
        }

        assertThat(store.count("audit")).isZero();
    }

    /** One telephone, and names of one sound: a person has to look. */
    private void alike() {
        customer("billing", "b1", "李婷", "+8613812340001");
        customer("crm", "C1", "李亭", "+8613812340001");
    }

    private void customer(String silo, String key, String name, String phone) {
        Seeds.record(
                store,
                silo,
                "customer",
                key,
                "{\"kind\": \"person\", \"name\": {\"display\": \"%s\"}, \"contacts\": [{\"value\": \"%s\"}]}"
                        .formatted(name, phone));
    }

    private String stands() {
        return links.between(CALLER, CLERK)
                .map(one -> one.state().word() + " " + one.reason() + " by " + one.by())
                .orElse("");
    }

    private List<String> audit() {
        return store.sql
                .sql("select concat_ws(' ', actor, action, subject, detail) from audit order by id")
                .query(String.class)
                .list();
    }

    private void update() {
        new Linking(RULES, store.source, store.clock).update(++night, Linking.Notes.NONE);
    }
}
