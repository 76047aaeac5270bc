package isthmus.identity;

import isthmus.identity.LinkReport.Count;
import isthmus.identity.LinkReport.Huge;
import isthmus.security.seal.Seals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Finds the links that follow from keys, verified numbers and likeness, over all records at one moment, and writes into the log what
 * differs from what stands there. What stands is a function of the records and of the words of people: when and in which
 * order records came does not matter, and where nothing has changed nothing is written.
 */
public final class Linking {
    private static final Logger LOG = LoggerFactory.getLogger(Linking.class);
    private final IdentityRules rules;
    private final Seals seals;
    private final DataSource store;
    private final Clock clock;
    private final @Nullable Goldens goldens;
    private final Judging judging;

    /** What an earlier attempt at the same night has done, and where to note what is done now. */
    public interface Notes {
        /** For whoever links once. */
        Notes NONE = new Notes() {};

        /** Null when the links are still to be brought up to date. */
        default @Nullable LinkReport linked() {
            return null;
        }

        /** The links are about to be brought up to date. */
        default void linking() {}

        /** They are; noted within the transaction that writes the log, so that it is either both or neither. */
        default void settled(LinkReport report, Connection within) throws SQLException {}
    }

    /** Brings links up to date and builds no customers of them. */
    public Linking(IdentityRules rules, DataSource store, Clock clock) {
        this(rules, store, clock, null, Seals.NONE);
    }

    /** @param goldens which are built of the links; null for none */
    public Linking(IdentityRules rules, DataSource store, Clock clock, @Nullable Goldens goldens, Seals seals) {
        this.seals = seals;
        this.goldens = goldens;
        this.rules = rules;
        this.store = store;
        this.clock = clock;
        this.judging = new Judging(rules);
    }

    /**
     * Brings the links up to date in one transaction, unless that is done, and builds the customers that follow from them.
     * When linking fails, all links stay as they were; when building does, the next night goes on where it stopped.
     */
    public LinkReport update(long night, Notes notes) {
        LinkReport report = links(night, notes);
        if (goldens == null || report.fault() != null) {
            return report;
        }
        try {
            goldens.build(night, "night");
            return report;
        } catch (DataAccessException fault) {
            LOG.error("the unified customers could not be built", fault);
            return new LinkReport(
                    report.rules(),
                    report.huge(),
                    "unified customers: " + fault.getClass().getSimpleName());
        }
    }

    /** The links alone, in one transaction, unless that is done; when it fails, all stay as they were. */
    public LinkReport links(long night, Notes notes) {
        LinkReport earlier = notes.linked();
        if (earlier != null) {
            return earlier;
        }
        notes.linking();
        try {
            return Judging.transaction(store, session -> {
                LinkReport report = update(night, session);
                notes.settled(report, session.connection());
                return report;
            });
        } catch (SQLException fault) {
            // The server's text may quote a value.
            LOG.error("the links could not be brought up to date: SQLState {}", fault.getSQLState());
            return LinkReport.failed("SQLState " + fault.getSQLState());
        }
    }

    private LinkReport update(long night, Session session) throws SQLException {
        Judging.begin(session, "");
        judging.declare(session);
        Kept kept = Kept.of(seals, session.connection());
        new Subjects(rules, seals).renew(session, kept);
        List<Huge> huge = new Weighing(rules.models(), kept).all(session);
        Names names = judging.judge(session, kept);
        Grouping grouping = new Grouping();
        grouping.cut(session);
        OffsetDateTime at = OffsetDateTime.now(clock.withZone(ZoneOffset.UTC));
        Judging.log(session, night, at);
        grouping.settle(session, rules.survivorship().version(), night, at);
        names.keep(session);
        // The day looks a few of them up, and reads all where the planner takes each to stand there hundreds of times.
        session.run("analyze link_log, match_number, match_frequency");
        session.run(Statements.text("twins"));
        // As far as this transaction sees; what has come since is for the day.
        session.run("update link_position set position = (select coalesce(max(position), 0) from chunk_log)");
        return new LinkReport(counts(session), huge, null);
    }

    private static List<Count> counts(Session session) throws SQLException {
        Map<String, Count> found = new HashMap<>();
        try (PreparedStatement query = session.prepare(Statements.text("counts"));
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.put(row.getString(1), count(row));
            }
        }
        // A rule that was taken out of the hub may still have links, as long as a person holds them.
        return Stream.concat(
                        LinkRule.codes().stream(),
                        found.keySet().stream()
                                .filter(code -> !LinkRule.codes().contains(code))
                                .sorted())
                .map(code -> found.getOrDefault(code, new Count(code, 0, 0, 0, 0, 0)))
                .toList();
    }

    private static Count count(ResultSet row) throws SQLException {
        return new Count(
                row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6));
    }
}
