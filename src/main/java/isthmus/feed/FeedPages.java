package isthmus.feed;

import isthmus.model.Entities;
import isthmus.security.seal.Opener;
import isthmus.store.ChangeLog.Change;
import isthmus.store.ChangeLog.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The feed of one entity a page at a time, by position: first the records as they are, when a reader begins there, then every
 * change, each event as Kafka gets it, but opened. Each call wants a transaction that sees one moment.
 */
public final class FeedPages {
    /** A page is what lies in memory for a reader, however slow it is. */
    private static final int LARGEST_PAGE = 256 * 1024;
    /** Records looked at for a page; those that changed behind the position are left to the changes. */
    private static final int RECORDS_A_PAGE = 1_000;
    /** Entries of the log looked at for a page; few of them may tell of the entity. */
    private static final int ENTRIES_A_PAGE = 2_000;

    /** Rows that lie in memory at a time; a record may have 60 KiB. */
    private static final int FETCH = 32;

    private final Opener opener;

    /** @param opener opens what is told to whoever stands at the door, which hides it again from those who may not see it */
    public FeedPages(Opener opener) {
        this.opener = opener;
    }

    /** A page: what is told, where it ends, and whether there was more. */
    public record Page(List<Told> told, FeedPosition next, boolean more) {}

    /** An event, and the position of a reader that has it. */
    public record Told(FeedPosition position, byte[] event) {}

    /** Why a reader cannot go on from a position. */
    public enum Refusal {
        /** The changes behind it are pruned. */
        PRUNED,
        /** The log has not come so far, so it is not from here. */
        NEVER_GIVEN
    }

    /** Nothing is told of what was; everything from now on. */
    public FeedPosition now(Connection connection) throws SQLException {
        return FeedPosition.behind(head(connection));
    }

    /**
     * The records as they are, then what changes. The log's position is noted before the first record is read: whatever is
     * committed later lies behind it, and is told by the changes alone.
     */
    public FeedPosition beginning(Connection connection) throws SQLException {
        return FeedPosition.inState(head(connection), "");
    }

    /** Behind the last entry before the first one that was recorded at that time or later; empty when that is pruned. */
    public Optional<FeedPosition> since(Connection connection, Instant time) throws SQLException {
        OffsetDateTime from = time.atOffset(ZoneOffset.UTC);
        try (PreparedStatement select = connection.prepareStatement("""
                select k.recorded_at >= ?, coalesce((select l.position - 1 from chunk_log l join chunk c using (chunk)
                    where l.position > k.position and c.recorded_at >= ? order by l.position limit 1),
                    (select max(position) from chunk_log), 0) from feed_kept k""")) {
            select.setObject(1, from);
            select.setObject(2, from);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1) ? Optional.empty() : Optional.of(FeedPosition.behind(row.getLong(2)));
            }
        }
    }

    /** Empty when a reader can go on from there. */
    public Optional<Refusal> refusal(Connection connection, FeedPosition from) throws SQLException {
        if (from.log() > head(connection)) {
            return Optional.of(Refusal.NEVER_GIVEN);
        }
        // Inside a chunk its own changes are still wanted.
        long wanted = from.n() == FeedPosition.WHOLE ? from.log() : from.log() - 1;
        return wanted < kept(connection) ? Optional.of(Refusal.PRUNED) : Optional.empty();
    }

    /** How many events of the entity lie behind a position; of the state, those behind its position of the log. */
    public long behind(Connection connection, String entity, FeedPosition from) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select coalesce((select sum((tells ->> ?)::int) from chunk_log where position > ?), 0)
                    + (select count(*) from change join chunk_log using (chunk)
                       where position = ? and n > ? and entity = ?)""")) {
            select.setString(1, entity);
            select.setLong(2, from.log());
            select.setLong(3, from.log());
            select.setInt(4, from.n());
            select.setString(5, entity);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** What is told next, at most {@code limit} events of it; the position must not be refused. */
    public Page page(Connection connection, String entity, FeedPosition from, int limit) throws SQLException {
        if (!Entities.ALL.contains(entity)) {
            throw new IllegalArgumentException("there is no feed of that name");
        }
        return from.isInState() ? records(connection, entity, from, limit) : changes(connection, entity, from, limit);
    }

    private Page records(Connection connection, String entity, FeedPosition from, int limit) throws SQLException {
        Draft draft = new Draft(from, limit);
        try (PreparedStatement select = connection.prepareStatement("""
                select r.id, r.sequence, r.contenthash, r.time, r.time_offset, r.partitionkey, r.ordinal, r.mapping,
                    r.quality, r.body, l.position, r.chunk, c.run, c.recorded_at, r.deleted
                from record_%s r join chunk c using (chunk) join chunk_log l using (chunk)
                where r.entity = ? and r.id > ? order by r.id limit ?""".formatted(entity))) {
            select.setFetchSize(FETCH);
            select.setString(1, entity);
            select.setString(2, Objects.requireNonNull(from.id()));
            select.setInt(3, RECORDS_A_PAGE);
            int seen = 0;
            try (ResultSet row = select.executeQuery()) {
                while (!draft.isFull() && row.next()) {
                    seen++;
                    FeedPosition here = FeedPosition.inState(from.log(), row.getString(1));
                    if (row.getBoolean(15) || row.getLong(11) > from.log()) {
                        draft.pass(here);
                    } else {
                        draft.tell(here, entry(row), upsert(entity, row));
                    }
                }
            }
            boolean isLast = seen < RECORDS_A_PAGE && !draft.isFull();
            return isLast ? draft.page(FeedPosition.behind(from.log()), true) : draft.page(draft.reached, true);
        }
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(row.getLong(11), row.getLong(12), row.getLong(13), instant(row, 14), List.of());
    }

    private Change upsert(String entity, ResultSet row) throws SQLException {
        return change(entity, row, "upsert");
    }

    private Page changes(Connection connection, String entity, FeedPosition from, int limit) throws SQLException {
        Draft draft = new Draft(from, limit);
        List<Entry> entries = entries(connection, entity, from, draft);
        FeedPosition end = draft.reached;
        draft.reached = from;
        for (Entry entry : entries) {
            int after = entry.position() == from.log() ? from.n() : -1;
            tell(connection, entity, entry, after, draft);
            if (draft.isFull()) {
                return draft.page(draft.reached, true);
            }
        }
        return draft.page(end, draft.more);
    }

    /** Those that tell of the entity; the draft reaches to where was looked. */
    private static List<Entry> entries(Connection connection, String entity, FeedPosition from, Draft draft)
            throws SQLException {
        List<Entry> entries = new ArrayList<>();
        int seen = 0;
        try (PreparedStatement select = connection.prepareStatement("""
                select l.position, l.chunk, c.run, c.recorded_at, tells ->> ? is not null
                from chunk_log l join chunk c using (chunk) where l.position >= ? order by l.position limit ?""")) {
            select.setString(1, entity);
            select.setLong(2, from.n() == FeedPosition.WHOLE ? from.log() + 1 : from.log());
            select.setInt(3, ENTRIES_A_PAGE);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    seen++;
                    draft.pass(FeedPosition.behind(row.getLong(1)));
                    if (row.getBoolean(5)) {
                        entries.add(
                                new Entry(row.getLong(1), row.getLong(2), row.getLong(3), instant(row, 4), List.of()));
                    }
                }
            }
        }
        draft.more = seen == ENTRIES_A_PAGE;
        return entries;
    }

    private void tell(Connection connection, String entity, Entry entry, int after, Draft draft) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select id, sequence, contenthash, time, time_offset, partitionkey, ordinal, mapping, quality, body, n, op
                from change where chunk = ? and n > ? and entity = ? order by n""")) {
            select.setFetchSize(FETCH);
            select.setLong(1, entry.chunk());
            select.setInt(2, after);
            select.setString(3, entity);
            try (ResultSet row = select.executeQuery()) {
                while (!draft.isFull() && row.next()) {
                    draft.tell(
                            FeedPosition.behind(entry.position(), row.getInt(11)),
                            entry,
                            change(entity, row, row.getString(12)));
                }
            }
        }
    }

    /** The first ten columns are the same of a record and of a change. */
    private Change change(String entity, ResultSet row, String op) throws SQLException {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(row.getInt(5));
        return new Change(
                entity,
                row.getString(1),
                op,
                row.getString(2),
                row.getString(3),
                row.getObject(4, OffsetDateTime.class).withOffsetSameInstant(offset),
                row.getString(6),
                row.getInt(7),
                row.getString(8),
                row.getBytes(9),
                opener.open(entity, row.getString(1), row.getBytes(10)));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static long head(Connection connection) throws SQLException {
        return number(connection, "select coalesce(max(position), 0) from chunk_log");
    }

    private static long kept(Connection connection) throws SQLException {
        return number(connection, "select position from feed_kept");
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A page as it grows. */
    private static final class Draft {
        private final Envelope envelope = new Envelope();
        private final List<Told> told = new ArrayList<>();
        private final int limit;
        private FeedPosition reached;
        private boolean more;
        private int bytes;

        Draft(FeedPosition from, int limit) {
            this.reached = from;
            this.limit = limit;
        }

        boolean isFull() {
            return told.size() >= limit || bytes >= LARGEST_PAGE;
        }

        void tell(FeedPosition position, Entry entry, Change change) {
            byte[] event = envelope.write(entry, change);
            told.add(new Told(position, event));
            bytes += event.length;
            reached = position;
        }

        void pass(FeedPosition position) {
            reached = position;
        }

        Page page(FeedPosition next, boolean isMore) {
            return new Page(told, next, isMore);
        }
    }
}
