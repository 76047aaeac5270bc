package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.contract.Contracts.Standing;
import isthmus.flow.StoredHub.Ended;
import isthmus.store.Store;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A legacy database changes under the hub that pulls it. */
@NullUnmarked
class DriftTest {
    enum Make {
        MARIA,
        POSTGRES
    }

    @TempDir
    Path routes;

    private final Store store = Store.fresh();
    private Till till;
    private StoredHub hub;

    private void open(Make make) throws Exception {
        till = make == Make.MARIA
                ? Till.onMaria(routes)
                : Till.onPostgres(Store.fresh().url(), routes);
        till.pay(1, "10.125", "2026-11-01 10:00:00");
        hub = till.hub(store);
        assertThat(hub.pull("till", "payment").isWhole()).isTrue();
    }

    @AfterEach
    void close() {
        if (hub != null) {
            hub.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void writesNoRowWhileNothingChanges(Make make) throws Exception {
        open(make);

        hub.pull("till", "payment");
        hub.pull("till", "payment");

        assertThat(store.count("contract_seen")).isEqualTo(1);
        assertThat(store.count("contract_agreed")).isEqualTo(1);
        assertThat(lastRunThatSaw()).isEqualTo(store.count("run"));
        assertThat(standing().drift().isNone()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void tellsAnAddedColumnThatTheQueryDoesNotAskForAndGoesOn(Make make) throws Exception {
        open(make);
        till.run("alter table till_payment add column TAXED char(1)");
        till.pay(2, "20", "2026-11-01 11:00:00");

        Ended ended = hub.pull("till", "payment");

        assertThat(ended.isWhole()).isTrue();
        assertThat(store.count("record where entity = 'payment'")).isEqualTo(2);
        assertThat(lastReason())
                .startsWith("nothing that is read has changed: + till_payment.")
                .containsIgnoringCase("TAXED");
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWhenAColumnThatNobodyReadsIsGone(Make make) throws Exception {
        open(make);
        till.run("alter table till_payment drop column NOTE");

        assertThat(hub.pull("till", "payment").isWhole()).isTrue();

        assertThat(lastReason()).containsIgnoringCase("- till_payment.NOTE");
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWhenAColumnBecomesWider(Make make) throws Exception {
        open(make);
        alter(make, "PAY_AMT", "decimal(14,4)");

        assertThat(hub.pull("till", "payment").isWhole()).isTrue();

        assertThat(lastReason()).contains("- PAY_AMT ", "(12,3)", "+ PAY_AMT ", "(14,4)");
    }

    @ParameterizedTest
    @EnumSource
    void stopsOnlyThePullWhoseColumnBecameNarrowerUntilAPersonAgrees(Make make) throws Exception {
        open(make);
        alter(make, "PAY_AMT", "decimal(8,1)");
        till.pay(2, "20", "2026-11-01 11:00:00");

        Ended stopped = hub.pull("till", "payment");
        Ended other = hub.pull("till", "station");

        assertThat(stopped.reason()).isEqualTo("CONTRACT-DRIFT");
        assertThat(stopped.text()).contains("- PAY_AMT ", "(12,3), + PAY_AMT ", "(8,1)");
        assertThat(stopped.attempts()).isEqualTo(1);
        assertThat(stopped.pieces()).isZero();
        assertThat(other.isWhole()).isTrue();
        assertThat(standing().drift().isBreaking()).isTrue();

        List<Standing> accepted = hub.contracts.accept("till", "payment", "the office says so", "somebody");

        assertThat(accepted).hasSize(1);
        assertThat(lastReason()).isEqualTo("the office says so");
        assertThat(hub.pull("till", "payment").isWhole()).isTrue();
        assertThat(store.count("record where entity = 'payment'")).isEqualTo(2);
        assertThat(hub.contracts.accept("till", null, "again", "somebody")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void stopsWithADiffWhenAColumnOfTheQueryWasRenamed(Make make) throws Exception {
        open(make);
        till.run("alter table till_payment rename column PAY_AMT to AMOUNT");

        Ended stopped = hub.pull("till", "payment");

        assertThat(stopped.reason()).isEqualTo("CONTRACT-DRIFT");
        assertThat(stopped.text()).contains("- PAY_AMT ").containsIgnoringCase("+ till_payment.AMOUNT ");

        till.run("alter table till_payment rename column AMOUNT to PAY_AMT");

        assertThat(hub.pull("till", "payment").isWhole()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void stopsWhenAColumnHasAnotherType(Make make) throws Exception {
        open(make);
        alter(make, "CONS_NO", make == Make.MARIA ? "bigint" : "bigint using CONS_NO::bigint");

        Ended stopped = hub.pull("till", "payment");

        assertThat(stopped.reason()).isEqualTo("CONTRACT-DRIFT");
        assertThat(stopped.text()).contains("- CONS_NO varchar(16)", "+ CONS_NO ");
    }

    @ParameterizedTest
    @EnumSource
    void asksNobodyWhenItIsTheQuestionThatHasChanged(Make make) throws Exception {
        open(make);
        hub.close();
        till.ask(till.question().replace("p.PAY_AMT as", "cast(p.PAY_AMT as decimal(9,2)) as"));
        hub = till.hub(store);

        assertThat(hub.pull("till", "payment").isWhole()).isTrue();

        assertThat(lastReason()).isEqualTo("another question is asked");
    }

    private void alter(Make make, String column, String type) throws Exception {
        till.run("alter table till_payment "
                + (make == Make.MARIA ? "modify " + column + " " : "alter column " + column + " type ") + type);
    }

    private Standing standing() {
        return hub.contracts.standings("till").get(0);
    }

    private String lastReason() {
        return store.sql
                .sql("select reason from contract_agreed order by id desc limit 1")
                .query(String.class)
                .single();
    }

    private long lastRunThatSaw() {
        return store.sql
                .sql("select max(run) from contract_seen")
                .query(Long.class)
                .single();
    }
}
