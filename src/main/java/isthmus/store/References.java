package isthmus.store;

import isthmus.model.Fact;
import isthmus.model.Op;
import isthmus.model.Quality;
import isthmus.model.Reason;
import isthmus.model.Urn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds references whose parent is neither in the chunk nor in the store, flags the child and remembers them. */
final class References {
    private final Set<String> missing;

    private References(Set<String> missing) {
        this.missing = missing;
    }

    /** Looks up all parents at once; flags every applied version that lacks one, and what names somebody who was erased. */
    static References check(Connection connection, List<EntityPart> parts) throws SQLException {
        Set<String> wanted = new HashSet<>();
        for (EntityPart part : parts) {
            for (Row row : part.applied()) {
                refs(row).forEach(ref -> wanted.add(ref.urn()));
            }
        }
        for (EntityPart part : parts) {
            part.slots().forEach((id, slot) -> {
                if (slot.standing() != null) {
                    wanted.remove(id);
                }
            });
        }
        Set<String> erased = new HashSet<>();
        wanted.removeAll(StoredRecords.existing(connection, wanted, erased));
        if (!erased.isEmpty()) {
            parts.forEach(part -> part.applied().stream()
                    .filter(row -> refs(row).stream().anyMatch(ref -> erased.contains(ref.urn())))
                    .forEach(Row::forget));
        }
        References references = new References(wanted);
        parts.forEach(part -> part.applied().forEach(references::flag));
        return references;
    }

    private void flag(Row row) {
        Set<String> paths = new LinkedHashSet<>();
        missing(row).forEach(ref -> paths.add(ref.path()));
        paths.forEach(path -> row.flag(new Quality(Reason.REF_PENDING, path)));
    }

    private List<Fact.Ref> missing(Row row) {
        return missing.isEmpty()
                ? List.of()
                : refs(row).stream()
                        .filter(ref -> missing.contains(ref.urn()))
                        .distinct()
                        .toList();
    }

    private static List<Fact.Ref> refs(Row row) {
        return row.fact.op() == Op.DELETE ? List.of() : row.fact.refs();
    }

    /** Replaces what was pending for the records of this chunk; one that the store has lost may have left something too. */
    void write(Connection connection, EntityPart part, Instant now) throws SQLException {
        List<String> written = new ArrayList<>();
        part.slots().forEach((id, slot) -> {
            Row row = slot.newest();
            if (row != null && (slot.stored != null || !missing(row).isEmpty())) {
                written.add(id);
            }
        });
        forget(connection, written);
        if (missing.isEmpty()) {
            return;
        }
        try (CopyRows rows = new CopyRows(
                connection, "pending_ref (child_entity, child_id, path, parent_entity, parent_id, since)")) {
            for (Slot slot : part.slots().values()) {
                Row row = slot.newest();
                if (row == null) {
                    continue;
                }
                for (Fact.Ref ref : missing(row)) {
                    rows.text(part.entity).text(row.fact.id()).text(ref.path());
                    rows.text(Urn.entity(ref.urn())).text(ref.urn()).time(now).end();
                }
            }
            rows.finish();
        }
    }

    private static void forget(Connection connection, List<String> children) throws SQLException {
        if (children.isEmpty()) {
            return;
        }
        try (PreparedStatement delete =
                connection.prepareStatement("delete from pending_ref where child_id = any(?)")) {
            delete.setArray(1, Transaction.texts(connection, children));
            delete.executeUpdate();
        }
    }
}
