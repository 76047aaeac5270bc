package isthmus.crosscheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.crosscheck.Break.State;
import isthmus.crosscheck.CheckResult.Cause;
import isthmus.crosscheck.CheckResult.Worst;
import isthmus.store.Store;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A break from the night that opens it to the night that finds it cured, and what people say in between. */
class BreaksTest {
    private static final OffsetDateTime FIRST = OffsetDateTime.parse("2026-11-25T02:00:00+08:00");
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String RULE = """
            code: X-PAID
            title: Payments over nothing
            owner: till
            tolerance: {of: money, abs: 1.00}
            sql: |
              select payment_no as subject, amount as money, 'paid' as cause, account_no
              from v_payment
            explain: account {account_no}
            causes: {paid: "There is a payment of {money}."}
            """;

    @TempDir
    Path config;

    private final Store store = Store.fresh();
    private long night;

    @BeforeEach
    void twoPaymentsAreOneTooMany() throws IOException {
        Files.createDirectories(config.resolve("reconciliation"));
        Files.writeString(config.resolve("reconciliation/X-PAID.yaml"), RULE);
        pay("p1", "10.00");
        pay("p2", "1.00");
    }

    @Test
    void aNightOpensABreakOnceAndKeepsIt() {
        CheckResult first = run();
        CheckResult second = run();

        assertThat(first)
                .extracting(CheckResult::fresh, CheckResult::persisting, CheckResult::within)
                .containsExactly(1L, 0L, 1L);
        assertThat(second)
                .extracting(CheckResult::fresh, CheckResult::persisting, CheckResult::resolved)
                .containsExactly(0L, 1L, 0L);
        Break one = one();
        assertThat(one.key()).isEqualTo("X-PAID/p1");
        assertThat(one.state()).isEqualTo(State.OPEN);
        assertThat(one.money()).isEqualByComparingTo("10.00");
        assertThat(one.firstSeen()).isEqualTo(FIRST);
        assertThat(one.lastSeen()).isEqualTo(FIRST.plusDays(1));
        assertThat(log()).containsExactly("1 opened");
    }

    @Test
    void aRuleAndItsPopulationSeeOneMoment() throws IOException {
        Files.writeString(
                config.resolve("reconciliation/X-PAID.yaml"),
                RULE.replace(
                        "amount as money", "amount as money, current_setting('transaction_isolation') as isolation"));

        run();

        assertThat(one().evidence()).containsEntry("isolation", "repeatable read");
    }

    @Test
    void aCuredBreakIsClosedByTheNightAndOpensAgainWhenItComesBack() {
        run();
        pay("p1", "0.50");
        CheckResult cured = run();
        Break closed = one();
        pay("p1", "12.00");
        CheckResult back = run();

        assertThat(cured)
                .extracting(CheckResult::hits, CheckResult::resolved, CheckResult::within)
                .containsExactly(0L, 1L, 2L);
        assertThat(closed.state()).isEqualTo(State.RESOLVED);
        assertThat(closed.resolved()).isEqualTo(FIRST.plusDays(1));
        assertThat(back.fresh()).isEqualTo(1);
        assertThat(one().id()).isEqualTo(closed.id());
        assertThat(one().firstSeen()).isEqualTo(FIRST);
        assertThat(one().opened()).isEqualTo(FIRST.plusDays(2));
        assertThat(log()).containsExactly("1 opened", "2 resolved", "3 reopened");
    }

    @Test
    void whereNothingWasLookedAtNothingIsCured() {
        run();
        store.sql.sql("delete from record").update();

        CheckResult empty = run();

        assertThat(empty)
                .extracting(CheckResult::population, CheckResult::resolved)
                .containsExactly(0L, 0L);
        assertThat(one().state()).isEqualTo(State.OPEN);
    }

    @Test
    void anAcknowledgedBreakIsNoRedAnyMore() {
        assertThat(run().isRed()).isTrue();

        assertThat(breaks().acknowledge(one(), "cashier asks the bank", "clerk"))
                .isTrue();

        CheckResult second = run();
        assertThat(second)
                .extracting(CheckResult::open, CheckResult::acknowledged)
                .containsExactly(0L, 1L);
        assertThat(second.isRed()).isFalse();
        assertThat(second.isAmber()).isTrue();
        assertThat(breaks().explain(one())).startsWith("X-PAID/p1, acknowledged by clerk: cashier asks the bank\n");
        assertThat(log()).containsExactly("1 opened", "null acknowledged");
    }

    @Test
    void aSuppressedBreakCountsForNothingUntilItsDayHasPassed() {
        run();
        breaks().suppress(one(), "a deposit", LocalDate.of(2026, 11, 26), "clerk");

        CheckResult lastDay = run();
        CheckResult after = run();

        assertThat(lastDay)
                .extracting(CheckResult::open, CheckResult::suppressed)
                .containsExactly(0L, 1L);
        assertThat(lastDay.isRed() || lastDay.isAmber()).isFalse();
        assertThat(lastDay.money()).isZero();
        assertThat(after)
                .extracting(CheckResult::open, CheckResult::suppressed, CheckResult::fresh)
                .containsExactly(1L, 0L, 0L);
        assertThat(log()).containsExactly("1 opened", "null suppressed", "3 expired");
    }

    @Test
    void aSuppressionOutlivesACure() {
        run();
        breaks().suppress(one(), "a deposit", LocalDate.of(2026, 12, 31), "clerk");
        pay("p1", "0.50");
        run();
        pay("p1", "10.00");

        assertThat(run().suppressed()).isEqualTo(1);
        assertThat(one().reason()).isEqualTo("a deposit");
    }

    @Test
    void aSuppressionUntilYesterdayIsRefusedAndAResolvedBreakTakesNoWord() {
        run();
        Break one = one();
        assertThatThrownBy(() -> breaks().suppress(one, "why", LocalDate.of(2026, 11, 24), "clerk"))
                .isInstanceOf(IllegalArgumentException.class);
        pay("p1", "0.00");
        run();

        assertThat(breaks().acknowledge(one, "why", "clerk")).isFalse();
        assertThat(one().reason()).isNull();
    }

    @Test
    void aBreakIsFoundByItsIdAndByItsKeyAndListedByState() {
        run();

        assertThat(breaks().find("X-PAID/p1")).isEqualTo(breaks().find(String.valueOf(one().id())));
        assertThat(breaks().find("X-PAID/p2")).isEmpty();
        assertThat(breaks().list("X-PAID", null, 10)).hasSize(1);
        assertThat(breaks().list("X-OTHER", null, 10)).isEmpty();
        assertThat(breaks().list(null, State.RESOLVED, 10)).isEmpty();
    }

    @Test
    void whatStandsIsNamedByCauseAndByStakeAndListedForASpreadsheet() {
        pay("p2", "20.00");
        run();
        pay("p3", "0.10");
        breaks().acknowledge(one(), "cashier asks the bank", "clerk");
        StringBuilder csv = new StringBuilder();

        CheckResult second = run();
        breaks().csv(csv::append);

        assertThat(second.causes()).containsExactly(new Cause("paid", 2, BigDecimal.ZERO, new BigDecimal("30.00")));
        assertThat(second.worst())
                .containsExactly(
                        new Worst("p2", "paid", null, new BigDecimal("20.00"), FIRST, State.OPEN),
                        new Worst("p1", "paid", null, new BigDecimal("10.00"), FIRST, State.ACKNOWLEDGED));
        assertThat(csv.toString().lines()).hasSize(3).last().asString().contains(",X-PAID,p2,paid,", ",20.00,");
        assertThat(csv.toString()).doesNotContain("cashier", "clerk");
    }

    @Test
    void aCheckThatFailsIsRedSaysNoValueAndLeavesItsBreaks() throws IOException {
        run();
        Files.writeString(
                config.resolve("reconciliation/X-PAID.yaml"),
                RULE.replace("account_no\n", "account_no, 1 / (length(account_no) - 3) as n\n"));

        CheckResult failed = run();

        assertThat(failed.fault()).isEqualTo("SQLState 22012");
        assertThat(failed.isRed()).isTrue();
        assertThat(one().state()).isEqualTo(State.OPEN);
        assertThat(log()).containsExactly("1 opened");
    }

    @Test
    void aRuleCannotWrite() throws IOException {
        store.sql
                .sql("create function spoil() returns int language sql as 'delete from public.record returning 1'")
                .update();
        Files.writeString(
                config.resolve("reconciliation/X-PAID.yaml"),
                RULE.replace("account_no\n", "account_no, spoil() as n\n"));

        assertThat(run().fault()).isEqualTo("SQLState 25006");
        assertThat(store.count("record")).isEqualTo(2);
    }

    private CheckResult run() {
        night++;
        return new CrossChecks(rules(), store.source)
                .run(night, FIRST.plusDays(night - 1))
                .get(0);
    }

    private Rules rules() {
        return Rules.read(config, Set.of("till"));
    }

    private Breaks breaks() {
        return new Breaks(rules(), store.source, Clock.fixed(FIRST.toInstant(), ZONE), ZONE);
    }

    private Break one() {
        return breaks().find("X-PAID/p1").orElseThrow();
    }

    private List<String> log() {
        return store.sql
                .sql("select coalesce(night::text, 'null') || ' ' || what from reconcile_break_log order by id")
                .query(String.class)
                .list();
    }

    private void pay(String key, String amount) {
        store.sql
                .sql(
                        "insert into record (entity, id, silo, sequence, deleted, contenthash, keyhash, rowhash, time, partitionkey,"
                                + " recorded_from, chunk, ordinal, mapping, body) values ('payment', 'urn:isthmus:yj:till:payment:' || ?, 'till',"
                                + " '1', false, '', md5('')::uuid, md5('')::uuid, now(), '', now(), 1, 1, '', json_build_object('account',"
                                + " 'urn:isthmus:yj:till:account:310', 'amount', ?, 'paidAt', '2026-11-01T00:00:00+08:00', 'allocations', '[]'::json))"
                                + " on conflict (id, entity) do update set body = excluded.body")
                .params(key, amount)
                .update();
    }
}
