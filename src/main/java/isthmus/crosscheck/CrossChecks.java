package isthmus.crosscheck;

import isthmus.crosscheck.BreakLedger.Standing;
import isthmus.crosscheck.CheckResult.Cause;
import isthmus.crosscheck.CheckResult.Worst;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the rules over one moment of the store; each writes its breaks in one transaction. */
public final class CrossChecks {
    private static final Logger LOG = LoggerFactory.getLogger(CrossChecks.class);
    private static final int FETCH = 2_000;
    private static final int WORST = 10;

    private final Rules rules;
    private final DataSource store;

    /** What an earlier attempt at the same night has found, and where to note what is found now. */
    public interface Notes {
        /** For whoever runs the rules once. */
        Notes NONE = new Notes() {};

        /** Null when the rule is still to be run. */
        default @Nullable CheckResult found(String code) {
            return null;
        }

        /** A rule is about to be run. */
        default void looking(String code) {}

        /** A rule was run; noted within the transaction that writes its breaks, so that it is either both or neither. */
        default void settled(CheckResult result, Connection within) throws SQLException {}
    }

    public CrossChecks(Rules rules, DataSource store) {
        this.rules = rules;
        this.store = store;
    }

    /** The rules by their codes, in the order they are run. */
    public List<String> codes() {
        return rules.all().stream().map(Rule::code).toList();
    }

    /** Runs every rule over everything that stands, and notes nothing. */
    public List<CheckResult> run(long night, OffsetDateTime asOf) {
        return run(night, asOf, CutOff.NONE, Notes.NONE);
    }

    /**
     * Runs every rule that was not run yet; one that fails stops no other, and is not noted as done.
     *
     * @param night the id of the night, not less than that of any before
     * @param asOf the moment of the night, in the utility's zone
     */
    public List<CheckResult> run(long night, OffsetDateTime asOf, CutOff cutOff, Notes notes) {
        Map<Rule, CheckResult> results = new LinkedHashMap<>();
        List<Rule> left = new ArrayList<>();
        for (Rule rule : rules.all()) {
            CheckResult earlier = notes.found(rule.code());
            results.put(rule, earlier == null ? failed(rule, "not looked at") : earlier);
            if (earlier == null) {
                left.add(rule);
            }
        }
        if (!left.isEmpty()) {
            run(left, night, asOf, cutOff, notes, results);
        }
        return List.copyOf(results.values());
    }

    private void run(
            List<Rule> left,
            long night,
            OffsetDateTime asOf,
            CutOff cutOff,
            Notes notes,
            Map<Rule, CheckResult> results) {
        try (Scene scene = Scene.of(store, left, cutOff)) {
            for (Rule rule : left) {
                notes.looking(rule.code());
                results.put(rule, check(rule, night, asOf, scene, notes));
            }
        } catch (SQLException fault) {
            LOG.error("the checks could not be looked at: SQLState {}", fault.getSQLState());
            left.forEach(rule -> results.put(rule, failed(rule, state(fault))));
        }
    }

    private CheckResult check(Rule rule, long night, OffsetDateTime asOf, Scene scene, Notes notes)
            throws SQLException {
        Savepoint before = scene.beforeRule();
        try (Connection writing = store.getConnection()) {
            writing.setAutoCommit(false);
            try {
                CheckResult result = check(rule, night, asOf, scene.connection(), writing);
                notes.settled(result, writing);
                writing.commit();
                return result;
            } finally {
                writing.rollback();
                writing.setAutoCommit(true);
            }
        } catch (SQLException fault) {
            LOG.error("{} could not be looked at: SQLState {}", rule.code(), fault.getSQLState());
            scene.backTo(before);
            return failed(rule, state(fault));
        }
    }

    private static CheckResult check(Rule rule, long night, OffsetDateTime asOf, Connection reading, Connection writing)
            throws SQLException {
        long rows = 0;
        long within = 0;
        try (BreakLedger ledger = new BreakLedger(writing, rule, night, asOf);
                PreparedStatement query = rule.query().prepare(reading, rule, asOf)) {
            query.setFetchSize(FETCH);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    Hit hit = Hit.of(rule, row);
                    rows++;
                    switch (rule.tolerance().weigh(hit.kwhLeft(), hit.kwhRight(), hit.money())) {
                        case AGREES -> {}
                        case WITHIN -> within++;
                        case BREAK -> ledger.add(hit);
                    }
                }
            }
            long population = population(rule, asOf, reading, rows);
            Standing standing = ledger.settle(population);
            return result(rule, population, within, standing, ledger.causes(), ledger.worst(WORST));
        }
    }

    private static long population(Rule rule, OffsetDateTime asOf, Connection reading, long rows) throws SQLException {
        Query population = rule.population();
        if (population == null) {
            return rows;
        }
        try (PreparedStatement count = population.prepare(reading, rule, asOf);
                ResultSet row = count.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static CheckResult result(
            Rule rule, long population, long within, Standing standing, List<Cause> causes, List<Worst> worst) {
        return new CheckResult(
                rule.code(),
                rule.title(),
                rule.severity().word(),
                rule.owner(),
                population,
                within,
                standing.open(),
                standing.acknowledged(),
                standing.suppressed(),
                standing.fresh(),
                standing.resolved(),
                rule.limit(),
                orZero(standing.kwh()),
                orZero(standing.money()),
                causes,
                worst,
                null);
    }

    /** The server's text may quote a value. */
    private static String state(SQLException fault) {
        return "SQLState " + fault.getSQLState();
    }

    private static CheckResult failed(Rule rule, String why) {
        return new CheckResult(
                rule.code(),
                rule.title(),
                rule.severity().word(),
                rule.owner(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                rule.limit(),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                List.of(),
                List.of(),
                why);
    }

    private static BigDecimal orZero(@Nullable BigDecimal amount) {
        return amount == null ? BigDecimal.ZERO : amount;
    }
}
