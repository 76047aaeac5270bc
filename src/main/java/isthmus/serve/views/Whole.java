package isthmus.serve.views;

import isthmus.security.seal.Opener;
import isthmus.serve.Reads;
import isthmus.serve.Refused;
import isthmus.serve.Sight;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An answer of one record and, under the name of each part, a list of others. */
final class Whole {
    /** Of which entity the records of a part are; not those that name nobody. */
    private static final Map<String, String> ENTITIES = Map.of(
            "account", "account",
            "accounts", "account",
            "customer", "unifiedcustomer",
            "customers", "customer",
            "linkedCustomers", "customer",
            "records", "customer",
            "servicePoints", "servicepoint",
            "openRequests", "servicerequest");

    private Whole() {}

    /**
     * Asks a statement for rows of a part's name, a body and when it was recorded. Bodies that name nobody go out as they are stored.
     *
     * @param statement of an id
     * @param head the part of the one record; {@code gone} in its place says that it was deleted
     */
    static byte[] of(
            Reads reads, Opener opener, Sight sight, String statement, String id, String head, List<String> names) {
        if (id.chars().anyMatch(Character::isISOControl)) {
            throw Refused.unknown("no such " + head);
        }
        return reads.once(connection -> of(connection, opener, sight, statement, id, head, names));
    }

    static byte[] of(
            Connection connection,
            Opener opener,
            Sight sight,
            String statement,
            String id,
            String head,
            List<String> names)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(statement)) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                return answer(row, opener, sight, head, names);
            }
        }
    }

    private static byte[] answer(ResultSet row, Opener opener, Sight sight, String head, List<String> names)
            throws SQLException {
        Map<String, List<byte[]>> parts = new LinkedHashMap<>();
        names.forEach(part -> parts.put(part, new ArrayList<>()));
        byte[] first = new byte[0];
        while (row.next()) {
            String part = row.getString(1);
            if (part.equals("gone")) {
                throw Refused.deleted("deleted at its source, known to the hub since "
                        + row.getObject(3, OffsetDateTime.class).toInstant());
            }
            if (part.equals(head)) {
                first = shown(opener, sight, part, row.getBytes(2));
            } else {
                Objects.requireNonNull(parts.get(part)).add(shown(opener, sight, part, row.getBytes(2)));
            }
        }
        if (first.length == 0) {
            throw Refused.unknown("no such " + head);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(32 * 1024);
        out.writeBytes(utf8("{\"" + head + "\":"));
        out.writeBytes(first);
        parts.forEach((part, bodies) -> write(out, part, bodies));
        out.writeBytes(utf8("}"));
        return out.toByteArray();
    }

    private static byte[] shown(Opener opener, Sight sight, String part, byte[] body) {
        String entity = ENTITIES.get(part);
        return entity == null ? body : sight.record(entity, opener.open(entity, body));
    }

    private static void write(ByteArrayOutputStream out, String part, List<byte[]> bodies) {
        out.writeBytes(utf8(",\n\"" + part + "\":"));
        char before = '[';
        for (byte[] body : bodies) {
            out.write(before);
            out.writeBytes(body);
            before = ',';
        }
        out.writeBytes(utf8(before == '[' ? "[]" : "]"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
