package isthmus.identity;

import isthmus.identity.Link.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The links as the log says they stand. */
public final class Links {
    private static final String SELECT = "select left_id, right_id, rule, state, reason, evidence::text, rules_version,"
            + " decided_by, night, at from link_now where ";

    private final JdbcClient sql;

    public Links(DataSource store) {
        this.sql = JdbcClient.create(store);
    }

    /**
     * How many pairs of a rule are what.
     *
     * @param since the last decision about any of them; null when there was none
     */
    public record Standing(
            String rule,
            long linked,
            long review,
            long vetoed,
            @Nullable OffsetDateTime since) {}

    /** All rules in their order, also those that have found nothing. */
    public List<Standing> standing() {
        return sql.sql("""
                        select rule, count(*) filter (where state = 'linked') as linked,
                               count(*) filter (where state = 'review') as review,
                               count(*) filter (where state = 'vetoed') as vetoed, max(at) as since
                        from (select rule, state, at from link_now
                              union all select code, null, null from unnest(?::text[]) as code) as one
                        group by rule order by array_position(?::text[], rule), rule
                        """)
                .params(codes(), codes())
                .query((row, n) -> new Standing(
                        row.getString("rule"),
                        row.getLong("linked"),
                        row.getLong("review"),
                        row.getLong("vetoed"),
                        row.getObject("since", OffsetDateTime.class)))
                .list();
    }

    /** Pairs of a rule and of a state, the last decided first; null for any rule, and for all states but ended. */
    public List<Link> list(@Nullable LinkRule rule, @Nullable State state, int limit) {
        return sql.sql(SELECT + "(cast(:rule as text) is null or rule = :rule)"
                        + " and (cast(:state as text) is null and state <> 'ended' or state = :state)"
                        + " order by id desc limit :limit")
                .param("rule", rule == null ? null : rule.code())
                .param("state", state == null ? null : state.word())
                .param("limit", limit)
                .query((row, n) -> link(row))
                .list();
    }

    /** Everything that was ever found of a record, what stands first; nothing where the store has no such record. */
    public Optional<List<Link>> of(String id) {
        boolean isKnown = sql.sql("select exists (select from record where id = ?)")
                .param(id)
                .query(Boolean.class)
                .single();
        List<Link> found = sql.sql(SELECT + "left_id = :id or right_id = :id order by state = 'ended', id")
                .param("id", id)
                .query((row, n) -> link(row))
                .list();
        return isKnown || !found.isEmpty() ? Optional.of(found) : Optional.empty();
    }

    /** What stands between two records, in whichever order they are named. */
    public Optional<Link> between(String one, String other) {
        return between(sql, one, other);
    }

    static Optional<Link> between(JdbcClient sql, String one, String other) {
        return sql.sql(SELECT + "left_id in (:one, :other) and right_id in (:one, :other)")
                .param("one", one)
                .param("other", other)
                .query((row, n) -> link(row))
                .optional();
    }

    private static String[] codes() {
        return LinkRule.codes().toArray(String[]::new);
    }

    private static Link link(ResultSet row) throws SQLException {
        String reason = row.getString("reason");
        return new Link(
                row.getString("left_id"),
                row.getString("right_id"),
                row.getString("rule"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                reason,
                Evidence.sentences(row.getString("evidence"), reason),
                row.getString("rules_version"),
                row.getString("decided_by"),
                row.getObject("night", Long.class),
                row.getObject("at", OffsetDateTime.class));
    }
}
