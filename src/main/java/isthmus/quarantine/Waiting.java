package isthmus.quarantine;

import isthmus.model.Reason;
import isthmus.store.Quarantines;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What releasing asks of the quarantine's table beyond looking and marking. */
final class Waiting {
    private static final String MATCHES = " from quarantine where (cast(:system as text) is null or system = :system)"
            + " and (cast(:entity as text) is null or entity = :entity)"
            + " and (cast(:reason as text) is null or reason = :reason)"
            + " and (cast(:state as text) is null or state = :state)";

    private final JdbcClient store;

    Waiting(DataSource store) {
        this.store = JdbcClient.create(store);
    }

    List<Group> groups(Quarantines.Filter filter) {
        return where(
                        "select system, entity, reason, count(*), min(first_seen), max(last_seen), max(id),"
                                + " (array_agg(locator order by id desc))[1]" + MATCHES
                                + " group by system, entity, reason order by count(*) desc, system, entity, reason",
                        filter)
                .query((row, n) -> new Group(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getObject(5, OffsetDateTime.class),
                        row.getObject(6, OffsetDateTime.class),
                        row.getLong(7),
                        row.getString(8)))
                .list();
    }

    List<String> systems(Quarantines.Filter open) {
        return where("select distinct system" + MATCHES + " order by system", open)
                .query(String.class)
                .list();
    }

    /** Ids below one, the greatest first. */
    List<Long> below(Quarantines.Filter open, long id, int atMost) {
        return where("select id" + MATCHES + " and id < :below order by id desc limit :limit", open)
                .param("below", id)
                .param("limit", atMost)
                .query(Long.class)
                .list();
    }

    /** Open pieces of the same locator that came later: newer versions of the same record. */
    List<Long> newer(Quarantines.Entry entry) {
        return store.sql("select id from quarantine where state = 'open' and system = :system and entity = :entity"
                        + " and locator = :locator and id > :id")
                .param("system", entry.system())
                .param("entity", entry.entity())
                .param("locator", entry.locator())
                .param("id", entry.id())
                .query(Long.class)
                .list();
    }

    void reopen(List<Long> superseded) {
        store.sql("update quarantine set state = 'open' where state = 'superseded' and id in (:ids)")
                .param("ids", superseded)
                .update();
    }

    static boolean drop(Connection within, long id, String why) throws SQLException {
        try (PreparedStatement update = within.prepareStatement(
                "update quarantine set state = 'dropped', note = ? where id = ? and state = 'open'")) {
            update.setString(1, why);
            update.setLong(2, id);
            return update.executeUpdate() == 1;
        }
    }

    /**
     * Gives an open piece its new reason, and the fingerprint that the store makes of it, so that the same refusal from
     * any other side is this row.
     *
     * @return false when the same bytes wait in another row for that reason
     */
    boolean rename(long id, Reason reason, String fingerprint) {
        return store.sql("""
                        update quarantine q set reason = :reason, fingerprint = :fingerprint where q.id = :id
                          and not exists (select 1 from quarantine o where o.fingerprint = :fingerprint and o.id <> :id)
                        """)
                        .param("reason", reason.code())
                        .param("fingerprint", fingerprint)
                        .param("id", id)
                        .update()
                == 1;
    }

    private JdbcClient.StatementSpec where(String sql, Quarantines.Filter filter) {
        Quarantines.State state = filter.state();
        return store.sql(sql)
                .param("system", filter.system())
                .param("entity", filter.entity())
                .param("reason", filter.reason())
                .param("state", state == null ? null : state.code());
    }
}
