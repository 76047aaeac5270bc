package isthmus.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** References that waited for their parent. */
final class Pending {
    private final DataSource source;

    public Pending(DataSource source) {
        this.source = source;
    }

    /**
     * Forgets the pending references of a silo whose parents have arrived, and takes the flag off records that lack
     * nothing more at that path. Tells nothing: flags are no part of the record.
     *
     * @return how many references found their parent
     */
    public int heal(String system) {
        return Transaction.run(source, "heal references", connection -> heal(connection, system));
    }

    static int heal(Connection connection, String system) throws SQLException {
        List<String> entities = waiting(connection, system);
        if (entities.isEmpty()) {
            return 0;
        }
        Transaction.single(connection, system, entities);
        StoredRecords.planByKey(connection);
        Map<String, List<String>> children = new TreeMap<>();
        int healed = forget(connection, system, children);
        for (var entry : children.entrySet()) {
            unflag(connection, entry.getKey(), entry.getValue());
        }
        return healed;
    }

    private static List<String> waiting(Connection connection, String system) throws SQLException {
        List<String> entities = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select distinct child_entity from pending_ref where split_part(child_id, ':', 4) = ?")) {
            select.setString(1, system);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    entities.add(row.getString(1));
                }
            }
        }
        return entities;
    }

    private static int forget(Connection connection, String system, Map<String, List<String>> children)
            throws SQLException {
        int healed = 0;
        try (PreparedStatement delete = connection.prepareStatement("""
                delete from pending_ref p using record r
                where split_part(p.child_id, ':', 4) = ? and r.entity = p.parent_entity and r.id = p.parent_id
                returning p.child_entity, p.child_id""")) {
            delete.setString(1, system);
            try (var row = delete.executeQuery()) {
                while (row.next()) {
                    children.computeIfAbsent(row.getString(1), entity -> new ArrayList<>())
                            .add(row.getString(2));
                    healed++;
                }
            }
        }
        return healed;
    }

    private static void unflag(Connection connection, String entity, List<String> children) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update %s r set quality = (
                    select '[' || string_agg(flag::text, ',' order by n) || ']'
                    from json_array_elements(r.quality) with ordinality as flags (flag, n)
                    where flag ->> 'code' <> 'REF-PENDING' or exists (
                        select from pending_ref p where p.child_id = r.id and p.path = flag ->> 'path'))::json
                where r.entity = ? and r.id = any(?)""".formatted(StoredRecords.table(entity)))) {
            update.setString(1, entity);
            update.setArray(2, Transaction.texts(connection, children));
            update.executeUpdate();
        }
    }
}
