package isthmus.serve.lineage;

import isthmus.serve.lineage.Used.Role;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was believed of readings and blocks, and what is believed since. */
final class Corrections {
    private Corrections() {}

    /**
     * One value that took another's place.
     *
     * @param recorded when the hub took the new one
     * @param is null when it was withdrawn
     */
    record Correction(
            String id,
            Instant recorded,
            Sighted was,
            @Nullable Sighted is) {

        @Nullable
        String valueWas() {
            return was.value();
        }

        @Nullable
        String valueIs() {
            return is == null ? null : is.value();
        }

        /** By how much a bill would be greater to which it has this role; null when nobody can say. */
        @Nullable
        BigDecimal kwh(Role role) {
            BigDecimal before = was.energy();
            BigDecimal after = is == null ? (was.isBlock() ? BigDecimal.ZERO : null) : is.energy();
            if (before == null || after == null) {
                return null;
            }
            BigDecimal more = after.subtract(before);
            return role == Role.OPENING ? more.negate() : more;
        }

        private boolean changesTheValue() {
            Sighted now = is;
            BigDecimal before = was.energy();
            BigDecimal after = now == null ? null : now.energy();
            return before == null ? after != null : after == null || before.compareTo(after) != 0;
        }
    }

    private record Believed(String id, boolean deleted, Instant from, Sighted sighted) {}

    /** Those that were recorded after a moment, by id, the oldest first; each by the primary keys of table and history. */
    static List<Correction> since(Connection connection, String entity, Collection<String> ids, Instant moment)
            throws SQLException {
        List<Correction> found = new ArrayList<>();
        Believed last = null;
        for (Believed next : believed(connection, entity, ids, moment)) {
            if (last != null && last.id().equals(next.id()) && !last.deleted()) {
                Correction correction =
                        new Correction(next.id(), next.from(), last.sighted(), next.deleted() ? null : next.sighted());
                if (correction.changesTheValue()) {
                    found.add(correction);
                }
            }
            last = next;
        }
        return found;
    }

    /** A chunk is stored at once: what another line of it took the place of, nobody ever saw. */
    private static List<Believed> believed(Connection connection, String entity, Collection<String> ids, Instant moment)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("""
                with past as (
                    select id, deleted, recorded_from, chunk, body from record_history
                    where entity = ? and id = any(?) and recorded_to > ?
                ), version as (
                    select * from past
                    union all
                    select id, deleted, recorded_from, chunk, body from record_%s
                    where entity = ? and id = any(array(select id from past))
                ), told as (
                    select *, lead(chunk) over (partition by id order by recorded_from) as next from version
                )
                select v.deleted, v.recorded_from, %s from told v %s
                where v.next is distinct from v.chunk
                order by v.id, v.recorded_from""".formatted(entity, Sighted.columns(entity), Sighted.joined(entity)))) {
            select.setString(1, entity);
            select.setArray(2, connection.createArrayOf("text", ids.toArray()));
            select.setObject(3, moment.atOffset(ZoneOffset.UTC));
            select.setString(4, entity);
            List<Believed> all = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    all.add(new Believed(
                            row.getString("id"),
                            row.getBoolean("deleted"),
                            row.getObject("recorded_from", OffsetDateTime.class).toInstant(),
                            Sighted.of(row, null)));
                }
            }
            return all;
        }
    }
}
