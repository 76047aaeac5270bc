package isthmus.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.security.Masking;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Destroys within one transaction what the store knows of a person: the keys first of all, then hashes, blind tokens and what
 * identity has made of the records. What was told to Kafka and lies in backups stays as it is, and nobody can open it any more.
 */
final class Effacement {
    /** In place of a hash of what a person was. */
    private static final String ERASED = "erased";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> OF_CUSTOMERS = List.of("account", "servicerequest");
    private static final List<String> MADE_OF_THEM = List.of("match_key", "match_twin", "match_number");

    private final Connection connection;
    private final Person person;
    private final OffsetDateTime now;

    Effacement(Connection connection, Person person, Instant now) {
        this.connection = connection;
        this.person = person;
        this.now = now.atOffset(ZoneOffset.UTC);
    }

    /** False when one of the records has come back in the meantime, and nothing was done. */
    boolean isBuried() throws SQLException {
        for (String system : person.bySystem().keySet()) {
            // As the store locks them before it writes.
            run("select pg_advisory_xact_lock(?, ?)", system.hashCode(), "customer".hashCode());
        }
        return number("select count(*) from record where id = any(?) and not deleted", (Object) ids(person.all())) == 0;
    }

    /**
     * @param pages by the SHA-256 of the bytes as received in which the person stands
     * @param refusals by their numbers in quarantine
     */
    Erasure.Destroyed destroy(List<String> pages, List<Long> refusals) throws SQLException {
        String[] all = ids(person.all());
        int keys = keys();
        int versions = history(all) + changes(all);
        int records = run(
                "update record set erased = ?, contenthash = ?, rowhash = '00000000-0000-0000-0000-000000000000',"
                        + " blind = null, quality = null where id = any(?) and entity in ('customer', 'unifiedcustomer')",
                now,
                ERASED,
                all);
        String[] customers = ids(person.customers());
        for (String table : MADE_OF_THEM) {
            run("delete from " + table + " where no in (select no from match_subject where id = any(?))", (Object)
                    customers);
        }
        run(
                "delete from match_pair p using match_subject s where s.no in (p.left_no, p.right_no) and s.id = any(?)",
                (Object) customers);
        run("delete from match_subject where id = any(?)", (Object) customers);
        run("delete from golden_said where member = any(?)", (Object) customers);
        run("delete from finding where code = 'SEQ-CONFLICT' and subject = any(?)", (Object) all);
        return new Erasure.Destroyed(
                records, versions, keys, pages(ids(pages)), refusals(refusals.toArray(Long[]::new)));
    }

    /** Of the records, and of what belongs to the customers and names them. */
    private int keys() throws SQLException {
        List<Long> keys = new ArrayList<>(
                numbers("select key from record where id = any(?) and key is not null", ids(person.all())));
        for (String entity : OF_CUSTOMERS) {
            keys.addAll(numbers(
                    "select key from record_" + entity + " where entity = '" + entity
                            + "' and body ->> 'customer' = any(?) and key is not null",
                    ids(person.customers())));
        }
        return destroy(keys);
    }

    private int pages(String[] pages) throws SQLException {
        destroy(numbers("select key from raw_object where sha256 = any(?) and key is not null", pages));
        run("delete from raw_part where sha256 = any(?)", (Object) pages);
        return run("delete from raw_object where sha256 = any(?)", (Object) pages);
    }

    /** The row stays, so that the night goes on knowing why its key is not in the store. */
    private int refusals(Long[] refusals) throws SQLException {
        run(
                "update data_key set wrapped = null, master = null, erased = ? where erased is null"
                        + " and no in (select key from quarantine where id = any(?))",
                now,
                refusals);
        return run(
                "update quarantine set bytes = '', key = null, state = case state when 'open' then 'dropped' else state end,"
                        + " rowhash = '00000000-0000-0000-0000-000000000000', fingerprint = 'erased ' || id, note = 'erased' where id = any(?)",
                (Object) refusals);
    }

    /** To be called last. */
    void done(long number, Erasure.Destroyed destroyed) throws SQLException {
        run(
                "update erasure set state = 'done', done_at = ?, records = ?, versions = ?, keys = ?, pages = ?, refusals = ?"
                        + " where number = ?",
                now,
                destroyed.records(),
                destroyed.versions(),
                destroyed.keys(),
                destroyed.pages(),
                destroyed.refusals(),
                number);
    }

    private int destroy(List<Long> keys) throws SQLException {
        return run(
                "update data_key set wrapped = null, master = null, erased = ? where no = any(?) and erased is null",
                now,
                keys.toArray(Long[]::new));
    }

    private int history(String[] ids) throws SQLException {
        int rewritten = 0;
        try (PreparedStatement select = connection.prepareStatement("""
                        select entity, id, body, sequence, recorded_from from record_history
                        where entity in ('customer', 'unifiedcustomer') and id = any(?)""");
                PreparedStatement update = connection.prepareStatement("""
                        update record_history set contenthash = ?, quality = null, body = ?::json
                        where entity = ? and id = ? and sequence = ? and recorded_from = ?""")) {
            select.setArray(1, connection.createArrayOf("text", ids));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    update.setString(1, ERASED);
                    update.setString(2, stripped(row.getString(1), row.getString(3)));
                    update.setString(3, row.getString(1));
                    update.setString(4, row.getString(2));
                    update.setString(5, row.getString(4));
                    update.setObject(6, row.getObject(5));
                    update.addBatch();
                    rewritten++;
                }
            }
            update.executeBatch();
        }
        return rewritten;
    }

    /** The log has no index by id; the versions know in which chunks they were told. */
    private int changes(String[] ids) throws SQLException {
        int rewritten = 0;
        try (PreparedStatement select = connection.prepareStatement("""
                        select c.chunk, c.n, c.entity, c.body from change c
                        where c.id = any(?) and c.chunk in (
                            select chunk from record where id = any(?)
                            union select chunk from record_history
                            where entity in ('customer', 'unifiedcustomer') and id = any(?))""");
                PreparedStatement update = connection.prepareStatement(
                        "update change set contenthash = ?, quality = null, body = ? where chunk = ? and n = ?")) {
            for (int i = 1; i <= 3; i++) {
                select.setArray(i, connection.createArrayOf("text", ids));
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    update.setString(1, ERASED);
                    update.setString(2, stripped(row.getString(3), row.getString(4)));
                    update.setLong(3, row.getLong(1));
                    update.setInt(4, row.getInt(2));
                    update.addBatch();
                    rewritten++;
                }
            }
            update.executeBatch();
        }
        return rewritten;
    }

    /** A version without what it said of the person: {@code erasedAt} says that it once did. */
    private String stripped(String entity, String body) {
        try {
            JsonNode record = JSON.readTree(body);
            if (record instanceof ObjectNode members && !members.has("deletedAt")) {
                for (String name : Masking.hiddenOf(entity)) {
                    if (members.get(name) instanceof ArrayNode list) {
                        list.removeAll();
                    } else if (members.has(name)) {
                        members.putNull(name);
                    }
                }
                if (members.get("conflicts") instanceof ArrayNode conflicts) {
                    conflicts.removeAll();
                }
                members.put("erasedAt", now.toInstant().toString());
            }
            return JSON.writeValueAsString(record);
        } catch (IOException damaged) {
            throw new UncheckedIOException("a stored record that is no JSON", damaged);
        }
    }

    private static String[] ids(List<String> ids) {
        return ids.toArray(String[]::new);
    }

    private List<Long> numbers(String sql, String[] ids) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf("text", ids));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    numbers.add(row.getLong(1));
                }
            }
        }
        return numbers;
    }

    private long number(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement select = prepared(sql, values);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private int run(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values)) {
            statement.execute();
            return statement.getUpdateCount();
        }
    }

    private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof String[] || value instanceof Long[]) {
                String type = value instanceof Long[] ? "bigint" : "text";
                statement.setArray(i + 1, connection.createArrayOf(type, (Object[]) value));
            } else {
                statement.setObject(i + 1, value);
            }
        }
        return statement;
    }
}
