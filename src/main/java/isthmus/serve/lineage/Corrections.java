package isthmus.serve.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.serve.lineage.Used.Role;
import isthmus.serve.lineage.Used.Sighted;
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

    private record Believed(String id, boolean deleted, Instant from, JsonNode body) {}

    /** Those that were recorded after a moment, by id, the oldest first; each by the primary keys of table and history. */
    static List<Correction> since(Connection connection, String entity, Collection<String> ids, Instant moment)
            throws SQLException {
        List<Correction> found = new ArrayList<>();
        Believed last = null;
        for (Believed next : believed(connection, entity, ids, moment)) {
            if (last != null && last.id().equals(next.id()) && !last.deleted()) {
                Correction correction = new Correction(
                        next.id(),
                        next.from(),
                        new Sighted(last.id(), last.body(), null),
                        next.deleted() ? null : new Sighted(next.id(), next.body(), null));
                if (correction.changesTheValue()) {
                    found.add(correction);
                }
            }
            last = next;
        }
        return found;
    }

    private static List<Believed> believed(Connection connection, String entity, Collection<String> ids, Instant moment)
            throws SQLException {
        // A version that another of its own chunk took the place of was never believed.
        try (PreparedStatement select = connection.prepareStatement("""
                select id, deleted, recorded_from, body::text from record_history
                where entity = ? and id = any(?) and recorded_to > ? and recorded_to > recorded_from
                union all
                select id, deleted, recorded_from, body::text from record_%s where entity = ? and id = any(?)
                order by id, recorded_from""".formatted(entity))) {
            var wanted = connection.createArrayOf("text", ids.toArray());
            select.setString(1, entity);
            select.setArray(2, wanted);
            select.setObject(3, moment.atOffset(ZoneOffset.UTC));
            select.setString(4, entity);
            select.setArray(5, wanted);
            List<Believed> all = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    all.add(new Believed(
                            row.getString(1),
                            row.getBoolean(2),
                            row.getObject(3, OffsetDateTime.class).toInstant(),
                            Measured.json(row.getBytes(4))));
                }
            }
            return all;
        }
    }
}
