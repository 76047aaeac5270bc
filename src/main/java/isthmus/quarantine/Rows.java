package isthmus.quarantine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.model.Origin;
import isthmus.model.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of the quarantine: read, and moved on from open. */
final class Rows {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ENTRY =
            "select id, run, chunk, system, pull, entity, locator, reason, field, hint, origin,"
                    + " state, first_seen, last_seen, times, note from quarantine ";
    private static final String WHERE = "where (:system::text is null or system = :system)"
            + " and (:entity::text is null or entity = :entity)"
            + " and (:reason::text is null or reason = :reason)"
            + " and (:state::text is null or state = :state) ";

    private final JdbcClient store;

    Rows(DataSource store) {
        this.store = JdbcClient.create(store);
    }

    List<Entry> list(Filter filter, int atMost) {
        return where(ENTRY + WHERE + "order by id limit :limit", filter)
                .param("limit", atMost)
                .query((row, n) -> entry(row))
                .list();
    }

    List<Group> groups(Filter filter) {
        return where(
                        "select system, entity, reason, count(*), min(first_seen), max(last_seen), max(id),"
                                + " (array_agg(locator order by id desc))[1] from quarantine " + WHERE
                                + "group by system, entity, reason order by count(*) desc, system, entity, reason",
                        filter)
                .query((row, n) -> new Group(
                        row.getString(1),
                        row.getString(2),
                        reason(row.getString(3)),
                        row.getLong(4),
                        row.getObject(5, OffsetDateTime.class),
                        row.getObject(6, OffsetDateTime.class),
                        row.getLong(7),
                        row.getString(8)))
                .list();
    }

    /** Open pieces, newest first, below an id. */
    List<Entry> openBelow(Filter filter, String system, long id, int atMost) {
        Filter open = new Filter(system, filter.entity(), filter.reason(), State.OPEN);
        return where(ENTRY + WHERE + "and id < :below order by id desc limit :limit", open)
                .param("below", id)
                .param("limit", atMost)
                .query((row, n) -> entry(row))
                .list();
    }

    List<String> systemsWithOpen(Filter filter) {
        Filter open = new Filter(filter.system(), filter.entity(), filter.reason(), State.OPEN);
        return where("select distinct system from quarantine " + WHERE + "order by system", open)
                .query(String.class)
                .list();
    }

    Optional<Entry> get(long id) {
        return store.sql(ENTRY + "where id = :id")
                .param("id", id)
                .query((row, n) -> entry(row))
                .optional();
    }

    byte[] bytes(long id) {
        return store.sql("select bytes from quarantine where id = :id")
                .param("id", id)
                .query(byte[].class)
                .single();
    }

    void settle(long id, State state, String note) {
        store.sql("update quarantine set state = :state, note = :note where id = :id")
                .param("state", state.stored())
                .param("note", note)
                .param("id", id)
                .update();
    }

    boolean drop(long id, String why) {
        return store.sql("update quarantine set state = 'dropped', note = :why where id = :id and state = 'open'")
                        .param("why", why)
                        .param("id", id)
                        .update()
                == 1;
    }

    /**
     * Writes the new reason down under the fingerprint that the store would give it, so that the same refusal from any
     * other side is this row.
     *
     * @return false when the same bytes wait in another row for the same new reason
     */
    boolean renamed(long id, Reason reason) {
        return store.sql("""
                        update quarantine q set reason = :reason, fingerprint = n.fingerprint
                        from (select encode(sha256(convert_to(concat_ws(E'\n', system, entity, locator, :reason::text,
                                  encode(sha256(bytes), 'hex')), 'UTF8')), 'hex') as fingerprint
                              from quarantine where id = :id) n
                        where q.id = :id
                          and not exists (select 1 from quarantine o where o.fingerprint = n.fingerprint and o.id <> :id)""").param("reason", reason.code()).param("id", id).update() == 1;
    }

    /** Newer open pieces of the same locator: other versions of the same record. */
    List<Long> newerOpen(Entry entry) {
        return store.sql("select id from quarantine where state = 'open' and system = :system and entity = :entity"
                        + " and locator = :locator and id > :id")
                .param("system", entry.system())
                .param("entity", entry.entity())
                .param("locator", entry.locator())
                .param("id", entry.id())
                .query(Long.class)
                .list();
    }

    void reopen(List<Long> ids) {
        store.sql("update quarantine set state = 'open' where state = 'superseded' and id in (:ids)")
                .param("ids", ids)
                .update();
    }

    private JdbcClient.StatementSpec where(String sql, Filter filter) {
        return store.sql(sql)
                .param("system", filter.system())
                .param("entity", filter.entity())
                .param(
                        "reason",
                        filter.reason() == null ? null : filter.reason().code())
                .param("state", filter.state() == null ? null : filter.state().stored());
    }

    private static Entry entry(ResultSet row) throws SQLException {
        JsonNode origin = json(row.getString("origin"));
        return new Entry(
                row.getLong("id"),
                row.getLong("run"),
                row.getLong("chunk"),
                row.getString("system"),
                row.getString("pull"),
                row.getString("entity"),
                row.getString("locator"),
                reason(row.getString("reason")),
                row.getString("field"),
                row.getString("hint"),
                new Origin(
                        origin.path("transport").asText(),
                        origin.path("object").asText(),
                        text(origin, "hash"),
                        text(origin, "member"),
                        OffsetDateTime.parse(origin.path("at").asText())),
                origin.path("ordinal").asLong(),
                State.of(row.getString("state")),
                row.getObject("first_seen", OffsetDateTime.class),
                row.getObject("last_seen", OffsetDateTime.class),
                row.getInt("times"),
                row.getString("note"));
    }

    private static Reason reason(String code) {
        return Reason.valueOf(code.replace('-', '_'));
    }

    private static @Nullable String text(JsonNode origin, String name) {
        return origin.hasNonNull(name) ? origin.get(name).asText() : null;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("the origin of a quarantined piece is not JSON", fault);
        }
    }
}
