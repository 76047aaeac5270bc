package isthmus.crosscheck;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.crosscheck.Break.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The work list: lists breaks, explains them, and remembers what people say about them. */
public final class Breaks {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, String>> TEXTS = new TypeReference<>() {};
    private static final String ALL =
            "select id, code, subject, cause, owner, severity, state, kwh, money, first_seen, opened, last_seen, resolved,"
                    + " reason, until, said_by, evidence from reconcile_break";

    private static final int FETCH = 2_000;

    private final Rules rules;
    private final DataSource store;
    private final JdbcClient sql;
    private final Clock clock;
    private final ZoneId zone;

    /** @param zone the utility's, for times and for the day on which a suppression ends */
    public Breaks(Rules rules, DataSource store, Clock clock, ZoneId zone) {
        this.rules = rules;
        this.store = store;
        this.sql = JdbcClient.create(store);
        this.clock = clock;
        this.zone = zone;
    }

    /** The breaks of a check or of all, in one state or in all but resolved, those with most money at stake first. */
    public List<Break> list(@Nullable String code, @Nullable State state, int limit) {
        return sql.sql(ALL
                        + " where (cast(:code as text) is null or code = :code)"
                        + " and (state = :state or cast(:state as text) is null and state <> 'resolved')"
                        + " order by money desc nulls last, kwh desc nulls last, code, subject limit :limit")
                .param("code", code)
                .param("state", state == null ? null : state.word())
                .param("limit", limit)
                .query((row, n) -> read(row))
                .list();
    }

    /**
     * The breaks behind one, by id: of a check or of all, in one state or in any, of one owner or of any.
     *
     * @param after the id behind which it begins; 0 for the first
     */
    public List<Break> after(
            long after, @Nullable String code, @Nullable State state, @Nullable String owner, int limit) {
        return sql.sql(ALL
                        + " where id > :after and (cast(:code as text) is null or code = :code)"
                        + " and (cast(:state as text) is null or state = :state)"
                        + " and (cast(:owner as text) is null or owner = :owner) order by id limit :limit")
                .param("after", after)
                .param("code", code)
                .param("state", state == null ? null : state.word())
                .param("owner", owner)
                .param("limit", limit)
                .query((row, n) -> read(row))
                .list();
    }

    /**
     * Every break that is not resolved, by check and subject, as CSV with a header.
     *
     * @param to takes the text line by line; it is never all in memory
     */
    public void csv(Consumer<String> to) {
        BreaksCsv csv = new BreaksCsv(to);
        try (Connection connection = store.getConnection()) {
            // PostgreSQL streams only inside a transaction.
            connection.setAutoCommit(false);
            try (PreparedStatement query =
                    connection.prepareStatement(ALL + " where state <> 'resolved' order by code, subject")) {
                query.setFetchSize(FETCH);
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        csv.add(read(row));
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException fault) {
            throw new DataAccessResourceFailureException("the breaks cannot be read", fault);
        }
    }

    /**
     * The breaks behind one as CSV with a header, by id; read page by page, so that no connection is held while somebody
     * takes them slowly.
     *
     * @see #after
     */
    public void csv(
            long after, @Nullable String code, @Nullable State state, @Nullable String owner, Consumer<String> to) {
        List<Break> some = after(after, code, state, owner, FETCH);
        BreaksCsv csv = new BreaksCsv(to);
        while (!some.isEmpty()) {
            some.forEach(csv::add);
            some = after(some.get(some.size() - 1).id(), code, state, owner, FETCH);
        }
    }

    /** @param name its id, or {@code CODE/subject} */
    public Optional<Break> find(String name) {
        if (name.matches("[0-9]{1,18}")) {
            return sql.sql(ALL + " where id = ?")
                    .param(Long.parseLong(name))
                    .query((row, n) -> read(row))
                    .optional();
        }
        int slash = name.indexOf('/');
        return sql.sql(ALL + " where code = ? and subject = ?")
                .param(slash < 0 ? name : name.substring(0, slash))
                .param(name.substring(slash + 1))
                .query((row, n) -> read(row))
                .optional();
    }

    /** Why it is a break, with the arithmetic; says so when its rule is gone. */
    public String explain(Break one) {
        return Explanation.of(one, rules.rule(one.code()).orElse(null));
    }

    /**
     * Somebody works on it: it is no red any more.
     *
     * @return false when it is resolved
     */
    public boolean acknowledge(Break one, String reason, String by) {
        return say(one, State.ACKNOWLEDGED, reason, null, by);
    }

    /**
     * It is right as it is, until a day: it counts for nothing until then.
     *
     * @return false when it is resolved
     * @throws IllegalArgumentException when the day is past
     */
    public boolean suppress(Break one, String reason, LocalDate until, String by) {
        if (until.isBefore(LocalDate.now(clock.withZone(zone)))) {
            throw new IllegalArgumentException("the day is past: " + until);
        }
        return say(one, State.SUPPRESSED, reason, until, by);
    }

    private boolean say(Break one, State state, String reason, @Nullable LocalDate until, String by) {
        return sql.sql("""
                                with said as (
                                    update reconcile_break set state = :state, reason = :reason, until = cast(:until as date), said_by = :by
                                    where id = :id and state <> 'resolved' returning id)
                                insert into reconcile_break_log (break, at, what, reason, said_by)
                                select id, :at, :state, :reason, :by from said
                                """)
                        .param("state", state.word())
                        .param("reason", reason)
                        .param("until", until == null ? null : until.toString())
                        .param("by", by)
                        .param("id", one.id())
                        .param("at", OffsetDateTime.now(clock))
                        .update()
                == 1;
    }

    private Break read(ResultSet row) throws SQLException {
        return new Break(
                row.getLong("id"),
                row.getString("code"),
                row.getString("subject"),
                row.getString("cause"),
                row.getString("owner"),
                row.getString("severity"),
                State.of(row.getString("state")),
                row.getBigDecimal("kwh"),
                row.getBigDecimal("money"),
                local(row.getObject("first_seen", OffsetDateTime.class)),
                local(row.getObject("opened", OffsetDateTime.class)),
                local(row.getObject("last_seen", OffsetDateTime.class)),
                row.getObject("resolved") == null ? null : local(row.getObject("resolved", OffsetDateTime.class)),
                row.getString("reason"),
                row.getObject("until", LocalDate.class),
                row.getString("said_by"),
                texts(row.getString("evidence")));
    }

    private OffsetDateTime local(OffsetDateTime time) {
        return time.atZoneSameInstant(zone).toOffsetDateTime();
    }

    private static Map<String, String> texts(String json) {
        try {
            return JSON.readValue(json, TEXTS);
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("evidence is not JSON", fault);
        }
    }
}
