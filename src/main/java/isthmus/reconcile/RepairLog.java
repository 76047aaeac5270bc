package isthmus.reconcile;

import isthmus.reconcile.Repair.Item;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** Remembers of each repaired record whether it was cured. */
final class RepairLog {
    private static final String KEEP = """
            insert into repair (entity, id, system, run, kind, at, cured) values (?, ?, ?, ?, ?, ?, ?)
            on conflict (entity, id) do update set system = excluded.system, run = excluded.run, kind = excluded.kind,
                at = excluded.at, cured = excluded.cured""";

    private final DataSource store;

    RepairLog(DataSource store) {
        this.store = store;
    }

    void write(long run, List<Item> items, Predicate<Item> isCured, OffsetDateTime at) {
        try (Connection connection = store.getConnection();
                PreparedStatement keep = connection.prepareStatement(KEEP)) {
            for (Item item : items) {
                keep.setString(1, item.entity());
                keep.setString(2, item.id());
                keep.setString(3, item.system());
                keep.setLong(4, run);
                keep.setString(5, item.kind().word());
                keep.setObject(6, at);
                keep.setBoolean(7, isCured.test(item));
                keep.addBatch();
            }
            keep.executeBatch();
        } catch (SQLException fault) {
            throw new StoreFault("the repair cannot be written down", fault);
        }
    }

    /** What the last repair left as it was. */
    Set<String> stopped() {
        Set<String> ids = new HashSet<>();
        try (Connection connection = store.getConnection();
                PreparedStatement select = connection.prepareStatement("select id from repair where not cured");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ids.add(row.getString(1));
            }
            return ids;
        } catch (SQLException fault) {
            throw new StoreFault("the repairs cannot be read", fault);
        }
    }
}
