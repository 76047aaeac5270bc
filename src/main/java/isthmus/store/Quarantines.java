package isthmus.store;

import isthmus.security.seal.Opener;
import isthmus.security.seal.Sealer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was not understood: looked through, opened and marked. */
public final class Quarantines {
    private static final String COLUMNS = "id, run, chunk, system, pull, entity, locator, reason, field, hint, origin,"
            + " state, first_seen, last_seen, times, note";
    private static final String MATCHES = " where (cast(:system as text) is null or system = :system)"
            + " and (cast(:entity as text) is null or entity = :entity)"
            + " and (cast(:reason as text) is null or reason = :reason)"
            + " and (cast(:state as text) is null or state = :state)";

    private final JdbcClient jdbc;
    private final Opener opener;

    public Quarantines(DataSource source, Opener opener) {
        this.jdbc = JdbcClient.create(source);
        this.opener = opener;
    }

    /** What a refused piece may become. */
    public enum State {
        OPEN,
        REPLAYED,
        DROPPED,
        SUPERSEDED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which to look at; a part that is null lets everything through. */
    public record Filter(
            @Nullable String system,
            @Nullable String entity,
            @Nullable String reason,
            @Nullable State state) {
        public static final Filter ALL = new Filter(null, null, null, null);
    }

    /**
     * One refused piece.
     *
     * @param reason code as printed, for example {@code DATE-INVALID}
     * @param origin JSON: transport, object, hash, member, at, ordinal
     */
    public record Entry(
            long id,
            long run,
            long chunk,
            String system,
            String pull,
            String entity,
            String locator,
            String reason,
            @Nullable String field,
            String hint,
            String origin,
            State state,
            OffsetDateTime firstSeen,
            OffsetDateTime lastSeen,
            int times,
            @Nullable String note) {}

    /** How many of a kind there are. */
    public record Count(String system, String entity, String reason, State state, long rows) {}

    /** Entries with an id greater than {@code after}, in the order of their ids. */
    public List<Entry> list(Filter filter, long after, int limit) {
        return jdbc.sql("select " + COLUMNS + " from quarantine" + MATCHES
                        + " and id > :after order by id limit :limit")
                .param("system", filter.system())
                .param("entity", filter.entity())
                .param("reason", filter.reason())
                .param("state", code(filter.state()))
                .param("after", after)
                .param("limit", limit)
                .query(Quarantines::entry)
                .list();
    }

    public List<Count> counts() {
        return jdbc.sql("select system, entity, reason, state, count(*) from quarantine"
                        + " group by 1, 2, 3, 4 order by 1, 2, 3, 4")
                .query((row, n) -> new Count(
                        row.getString(1), row.getString(2), row.getString(3), state(row.getString(4)), row.getLong(5)))
                .list();
    }

    public Optional<Entry> get(long id) {
        return jdbc.sql("select " + COLUMNS + " from quarantine where id = ?")
                .param(id)
                .query(Quarantines::entry)
                .optional();
    }

    /** The original bytes of a piece; nothing when there is no such piece, or its key was destroyed. */
    public Optional<byte[]> bytes(long id) {
        return jdbc.sql("select bytes, key from quarantine where id = ?")
                .param(id)
                .query((row, n) -> new Sealer.Whole(row.getObject(2, Long.class), row.getBytes(1)))
                .optional()
                .map(kept -> opener.whole(kept.key(), kept.bytes()));
    }

    /** What an entry would be known by if it were refused for another reason. */
    public static String fingerprint(Entry entry, String reason, byte[] bytes) {
        return Refusals.fingerprint(entry.system(), entry.entity(), entry.locator(), reason, bytes);
    }

    /** Sets the state of an entry and says why; false when there is no such entry. */
    public boolean mark(long id, State state, String note) {
        return jdbc.sql("update quarantine set state = ?, note = ? where id = ?")
                        .params(state.code(), Transaction.clean(note), id)
                        .update()
                == 1;
    }

    private static Entry entry(ResultSet row, int n) throws SQLException {
        return new Entry(
                row.getLong("id"),
                row.getLong("run"),
                row.getLong("chunk"),
                row.getString("system"),
                row.getString("pull"),
                row.getString("entity"),
                row.getString("locator"),
                row.getString("reason"),
                row.getString("field"),
                row.getString("hint"),
                row.getString("origin"),
                state(row.getString("state")),
                row.getObject("first_seen", OffsetDateTime.class),
                row.getObject("last_seen", OffsetDateTime.class),
                row.getInt("times"),
                row.getString("note"));
    }

    private static @Nullable String code(@Nullable State state) {
        return state == null ? null : state.code();
    }

    private static State state(String code) {
        return State.valueOf(code.toUpperCase(Locale.ROOT));
    }
}
