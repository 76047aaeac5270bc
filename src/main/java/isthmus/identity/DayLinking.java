package isthmus.identity;

import isthmus.security.seal.Seals;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Between nights: matches the customers and accounts that have changed, and only those, against all others, by the same
 * statements and rules. How common a name is was counted last night; what concerns more than its neighbours is left to the
 * next.
 */
public final class DayLinking implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DayLinking.class);

    /** Another is at it, the night most likely; or the store is away for a moment. */
    private static final List<String> AGAIN = List.of("55P03", "40", "08", "57P");

    private static final int AT_ONCE = 100;
    private static final int MOST_NEAR = 5_000;
    private static final int CHUNKS_A_LOOK = 50;
    private static final int HOPS = 3;

    private final IdentityRules rules;
    private final Seals seals;
    private final DataSource store;
    private final Clock clock;
    private final Goldens goldens;
    private final Judging judging;
    private final Standing standing;

    /** @param alone the same store, each connection of no pool */
    public DayLinking(
            IdentityRules rules, DataSource store, DataSource alone, Clock clock, Goldens goldens, Seals seals) {
        this.seals = seals;
        this.rules = rules;
        this.store = store;
        this.clock = clock;
        this.goldens = goldens;
        this.judging = new Judging(rules);
        this.standing = new Standing(alone);
    }

    /** Records that have changed, and up to where in the change log these are all. */
    private record Changed(List<String> ids, long upTo) {}

    /** One of those that were asked for, next to one, or only needed to judge those. */
    private record Near(String[] judged, String[] all) {}

    /** What has become of some records. */
    private enum Outcome {
        MATCHED,
        LEFT_TO_NIGHT,
        LATER
    }

    /**
     * Takes up what has changed since it was last called, or leaves it to the night where it is too much. Returns how many
     * records it has matched; a fault leaves everything as it was, and what another is at is taken up the next time.
     */
    public int catchUp() {
        int matched = 0;
        for (Changed changed = changed(); changed.upTo() > 0; changed = changed()) {
            List<String> ids = changed.ids();
            Outcome outcome = Outcome.MATCHED;
            for (int at = 0; at < ids.size() && outcome != Outcome.LATER; at += AT_ONCE) {
                List<String> some = ids.subList(at, Math.min(at + AT_ONCE, ids.size()));
                outcome = outcome(some);
                matched += outcome == Outcome.MATCHED ? some.size() : 0;
            }
            if (outcome == Outcome.LATER || !isNoted(changed.upTo())) {
                break;
            }
        }
        if (matched > 0) {
            goldens.build(0, "links");
        }
        return matched;
    }

    private Changed changed() {
        return JdbcClient.create(store)
                .sql(Statements.text("near-changed"))
                .param(CHUNKS_A_LOOK)
                .query((row, n) ->
                        new Changed(List.of((String[]) row.getArray("ids").getArray()), row.getLong("up_to")))
                .single();
    }

    /** Not while the night is at it, which writes down how far it has seen. */
    private boolean isNoted(long position) {
        return in(session -> {
                    Judging.begin(session, " nowait");
                    session.run("update link_position set position = greatest(position, ?)", position);
                    return true;
                })
                == Outcome.MATCHED;
    }

    /** Matches some records in one transaction; false where it is left to the night, or to a moment when nobody else is at it. */
    public boolean match(List<String> ids) {
        return outcome(ids) == Outcome.MATCHED;
    }

    private Outcome outcome(List<String> ids) {
        return in(session -> match(session, ids.toArray(String[]::new)));
    }

    private Outcome in(Judging.Work<Boolean> work) {
        try {
            return standing.transaction(work) ? Outcome.MATCHED : Outcome.LEFT_TO_NIGHT;
        } catch (SQLException fault) {
            String state = String.valueOf(fault.getSQLState());
            if (AGAIN.stream().anyMatch(state::startsWith)) {
                return Outcome.LATER;
            }
            // The server's text may quote a value.
            LOG.warn("changed customers are matched by night only: SQLState {}", state);
            return Outcome.LEFT_TO_NIGHT;
        }
    }

    private boolean match(Session session, String[] ids) throws SQLException {
        Judging.begin(session, " nowait");
        Subjects subjects = new Subjects(rules, seals);
        if (!isCounted(session, subjects)) {
            return false;
        }
        judging.declare(session);
        Set<String> before = next(session, ids);
        Kept kept = Kept.of(seals, session.connection());
        subjects.renew(session, kept, ids);
        new Weighing(rules.models(), kept).fresh(session);
        Near near = near(session, ids, before);
        if (near.all().length > MOST_NEAR) {
            // What they are compared by is new already, and the night judges it.
            return false;
        }
        session.run(Statements.text("near-only"), (Object) near.all());
        judging.judge(session, kept);
        String[] codes = LinkRule.codes().toArray(String[]::new);
        session.run(
                Statements.text("near-verdicts"), near.judged(), near.judged(), codes, near.judged(), near.judged());
        Grouping grouping = new Grouping();
        grouping.cut(session);
        OffsetDateTime at = OffsetDateTime.now(clock.withZone(ZoneOffset.UTC));
        Judging.log(session, null, at);
        session.run(Statements.text("near-told"));
        grouping.settle(session, rules.survivorship().version(), null, at);
        session.run(Statements.text("near-keep"));
        return true;
    }

    /** Before a night has counted, every name looks rare; and what was made in another way, or under another key, is the night's. */
    private static boolean isCounted(Session session, Subjects subjects) throws SQLException {
        try (PreparedStatement query = session.prepare(Statements.text("match-counted"))) {
            query.setObject(1, subjects.known());
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /** @param before who was next to them when they were other than they are now */
    private static Near near(Session session, String[] ids, Set<String> before) throws SQLException {
        Set<String> judged = new LinkedHashSet<>(Arrays.asList(ids));
        judged.addAll(before);
        judged.addAll(next(session, ids));
        Set<String> all = new LinkedHashSet<>(judged);
        Set<String> edge = judged;
        for (int hop = 1; hop < HOPS && all.size() <= MOST_NEAR; hop++) {
            Set<String> next = next(session, edge.toArray(String[]::new));
            next.removeAll(all);
            all.addAll(next);
            edge = next;
        }
        all.addAll(texts(session, "near-whole", all.toArray(String[]::new)));
        return new Near(judged.toArray(String[]::new), all.toArray(String[]::new));
    }

    private static Set<String> next(Session session, String[] ids) throws SQLException {
        return texts(session, "near", ids);
    }

    private static Set<String> texts(Session session, String statement, String[] ids) throws SQLException {
        Set<String> texts = new LinkedHashSet<>();
        try (PreparedStatement query = session.prepare(Statements.text(statement))) {
            query.setObject(1, ids);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    texts.add(row.getString(1));
                }
            }
        }
        return texts;
    }

    @Override
    public void close() throws SQLException {
        standing.close();
    }
}
