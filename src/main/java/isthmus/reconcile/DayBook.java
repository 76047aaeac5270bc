package isthmus.reconcile;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** What nights remember of interval blocks: which days a file speaks of, and what a day amounted to when it agreed. */
final class DayBook {
    /** The hash is over everything that is stored of a block but when it was stored. */
    private static final String TOTALS = """
            select coalesce(valid_from, date '1970-01-01'), count(*), coalesce(sum(energy), 0),
                sum(hashtextextended(concat_ws('|', id, sequence, extract(epoch from time), keyhash, rowhash, contenthash,
                    money, energy, body), 0))
            from record where silo = ? and entity = ? and not deleted group by 1""";

    private final DataSource store;

    DayBook(DataSource store) {
        this.store = store;
    }

    /** What the store holds of a day; two days with the same hold the same blocks, but for a chance of one in 2^64. */
    record Total(long blocks, BigDecimal energy, BigDecimal hash) {}

    /** A total that both shores agreed about, and the MD5 of what was read for it. */
    record Agreed(UUID files, Total total) {}

    /** What was read in a file. */
    record Read(Set<LocalDate> days, Keys refused) {
        Read() {
            this(new HashSet<>(), new Keys());
        }
    }

    Map<LocalDate, Total> totals(String system, String entity) {
        Map<LocalDate, Total> totals = new HashMap<>();
        ask(TOTALS, system, entity, row -> totals.put(row.getObject(1, LocalDate.class), total(row, 2)));
        return totals;
    }

    Map<LocalDate, Agreed> agreed(String system, String entity) {
        Map<LocalDate, Agreed> agreed = new HashMap<>();
        ask(
                "select day, files, blocks, energy, hash from day_total where system = ? and entity = ?",
                system,
                entity,
                row -> agreed.put(
                        row.getObject(1, LocalDate.class), new Agreed(row.getObject(2, UUID.class), total(row, 3))));
        return agreed;
    }

    private static Total total(ResultSet row, int from) throws SQLException {
        return new Total(
                row.getLong(from), row.getBigDecimal(from + 1).stripTrailingZeros(), row.getBigDecimal(from + 2));
    }

    /** Of the files that were read by this mapping. */
    Map<String, Read> files(String system, String pull, String mapping) {
        Map<String, Read> files = new HashMap<>();
        ask("select name, mapping, days, refused from day_file where system = ? and pull = ?", system, pull, row -> {
            if (row.getString(2).equals(mapping)) {
                Read read = new Read();
                for (Object day : (Object[]) row.getArray(3).getArray()) {
                    read.days().add(((java.sql.Date) day).toLocalDate());
                }
                files.put(row.getString(1), new Read(read.days(), Keys.of(row.getBytes(4))));
            }
        });
        return files;
    }

    void read(String system, String pull, String mapping, Map<String, Read> files) {
        write("""
                insert into day_file (system, pull, name, mapping, days, refused) values (?, ?, ?, ?, ?, ?)
                on conflict (system, pull, name) do update set
                    mapping = excluded.mapping, days = excluded.days, refused = excluded.refused""", insert -> {
            for (Map.Entry<String, Read> file : files.entrySet()) {
                Array days = insert.getConnection()
                        .createArrayOf("date", file.getValue().days().toArray());
                insert.setString(1, system);
                insert.setString(2, pull);
                insert.setString(3, file.getKey());
                insert.setString(4, mapping);
                insert.setArray(5, days);
                insert.setBytes(6, file.getValue().refused().bytes());
                insert.addBatch();
            }
        });
    }

    void agree(String system, String entity, Map<LocalDate, Agreed> days) {
        write("""
                insert into day_total (system, entity, day, files, blocks, energy, hash) values (?, ?, ?, ?, ?, ?, ?)
                on conflict (system, entity, day) do update set
                    files = excluded.files, blocks = excluded.blocks, energy = excluded.energy, hash = excluded.hash""", insert -> {
            for (Map.Entry<LocalDate, Agreed> day : days.entrySet()) {
                insert.setString(1, system);
                insert.setString(2, entity);
                insert.setObject(3, day.getKey());
                insert.setObject(4, day.getValue().files());
                insert.setLong(5, day.getValue().total().blocks());
                insert.setBigDecimal(6, day.getValue().total().energy());
                insert.setBigDecimal(7, day.getValue().total().hash());
                insert.addBatch();
            }
        });
    }

    private void ask(String sql, String first, String second, Each each) {
        try (Connection connection = store.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, first);
            query.setString(2, second);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    each.row(rows);
                }
            }
        } catch (SQLException fault) {
            throw new StoreFault("the days of the store cannot be read", fault);
        }
    }

    private void write(String sql, Batch batch) {
        try (Connection connection = store.getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            batch.fill(insert);
            insert.executeBatch();
        } catch (SQLException fault) {
            throw new StoreFault("the days cannot be written down", fault);
        }
    }

    private interface Each {
        void row(ResultSet row) throws SQLException;
    }

    private interface Batch {
        void fill(PreparedStatement insert) throws SQLException;
    }
}
