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
            on conflict (entity, id, system) do update set run = excluded.run, kind = excluded.kind,
                at = excluded.at, cured = excluded.cured""";

    private static final String AGREED =
            "update repair set cured = true where not cured and system = ? and entity = ? and id <> all(?)";

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

    /** Whose last repair left it as it was. */
    record Stopped(String system, String entity, String id) {}

    /** What the last repair left as it was, and no later look saw agree. */
    Set<Stopped> stopped() {
        Set<Stopped> ids = new HashSet<>();
        try (Connection connection = store.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select system, entity, id from repair where not cured");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ids.add(new Stopped(row.getString(1), row.getString(2), row.getString(3)));
            }
            return ids;
        } catch (SQLException fault) {
            throw new StoreFault("the repairs cannot be read", fault);
        }
    }

    /** Of what a repair left, that agrees which these lines do not name; where they do not name all, nothing is concluded. */
    void agreed(List<NightReport.Line> lines) {
        try (Connection connection = store.getConnection();
                PreparedStatement forget = connection.prepareStatement(AGREED)) {
            for (NightReport.Line line : lines) {
                List<NightReport.Breaks> breaks = List.of(line.missing(), line.different(), line.extra());
                if (breaks.stream().allMatch(kind -> kind.unnamed() == 0)) {
                    forget.setString(1, line.system());
                    forget.setString(2, line.entity());
                    Object[] names = breaks.stream()
                            .flatMap(kind -> kind.names().stream())
                            .toArray();
                    forget.setArray(3, connection.createArrayOf("text", names));
                    forget.addBatch();
                }
            }
            forget.executeBatch();
        } catch (SQLException fault) {
            throw new StoreFault("the repairs cannot be written down", fault);
        }
    }
}
