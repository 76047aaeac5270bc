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
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the rules over one moment of the store; each writes its breaks in one transaction. */
public final class CrossChecks {
    private static final Logger LOG = LoggerFactory.getLogger(CrossChecks.class);
    private static final int FETCH = 2_000;
    private static final int WORST = 10;

    private final Rules rules;
    private final DataSource store;

    public CrossChecks(Rules rules, DataSource store) {
        this.rules = rules;
        this.store = store;
    }

    /**
     * Runs every rule; one that fails stops no other.
     *
     * @param night the id of the night, greater than that of any before
     * @param asOf the moment of the night, in the utility's zone
     */
    public List<CheckResult> run(long night, OffsetDateTime asOf) {
        if (rules.all().isEmpty()) {
            return List.of();
        }
        try (Scene scene = Scene.of(store, rules.all())) {
            List<CheckResult> results = new ArrayList<>();
            for (Rule rule : rules.all()) {
                results.add(check(rule, night, asOf, scene));
            }
            return results;
        } catch (SQLException fault) {
            LOG.error("the checks could not be looked at: SQLState {}", fault.getSQLState());
            return rules.all().stream().map(rule -> failed(rule, fault)).toList();
        }
    }

    private CheckResult check(Rule rule, long night, OffsetDateTime asOf, Scene scene) throws SQLException {
        Savepoint before = scene.beforeRule();
        try (Connection writing = store.getConnection()) {
            writing.setAutoCommit(false);
            try {
                CheckResult result = check(rule, night, asOf, scene.connection(), writing);
                writing.commit();
                return result;
            } finally {
                writing.rollback();
                writing.setAutoCommit(true);
            }
        } catch (SQLException fault) {
            LOG.error("{} could not be looked at: SQLState {}", rule.code(), fault.getSQLState());
            scene.backTo(before);
            return failed(rule, fault);
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

    private static CheckResult failed(Rule rule, SQLException fault) {
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
                // The server's text may quote a value.
                "SQLState " + fault.getSQLState());
    }

    private static BigDecimal orZero(@org.jspecify.annotations.Nullable BigDecimal amount) {
        return amount == null ? BigDecimal.ZERO : amount;
    }
}
