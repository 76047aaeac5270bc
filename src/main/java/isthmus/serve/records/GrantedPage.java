package isthmus.serve.records;

import isthmus.security.seal.Opener;
import isthmus.serve.Asked;
import isthmus.serve.Asked.Limit;
import isthmus.serve.Refused;
import isthmus.serve.share.Portion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A page of a list as a partner gets it: the limit is of the records that are looked at, so it may hold fewer, or none. */
final class GrantedPage {
    private static final int FETCH = 101;

    private GrantedPage() {}

    static byte[] of(Connection connection, Opener opener, String entity, Asked asked, Limit limit, Portion portion)
            throws SQLException {
        List<byte[]> bodies = new ArrayList<>();
        After next = null;
        try (PreparedStatement select = Search.of(connection, entity, placed(asked, portion), limit.rows() + 1)) {
            if (select != null) {
                select.setFetchSize(FETCH);
                next = bodies(select, opener, limit.rows(), bodies);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(8 * 1024);
        String before = "{\"items\":[\n";
        for (byte[] told : portion.records(connection, bodies)) {
            out.writeBytes(utf8(before));
            out.writeBytes(item(entity, told));
            before = ",\n";
        }
        out.writeBytes(utf8((out.size() == 0 ? "{\"items\":[" : "") + "],\"limit\":" + limit.rows()
                + (limit.clamped() ? ",\"clamped\":true" : "")
                + (next == null ? "" : ",\"next\":\"" + portion.place(next) + "\"") + "}"));
        return out.toByteArray();
    }

    /** A cut record as lists and single answers say it; what else is known of it would give systems and keys away. */
    static byte[] item(String entity, byte[] told) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(told.length + 60);
        out.writeBytes(utf8("{\"meta\":{\"entity\":\"" + entity + "\"},\"record\":"));
        out.writeBytes(told);
        out.write('}');
        return out.toByteArray();
    }

    private static Asked placed(Asked asked, Portion portion) {
        String given = asked.text("after");
        if (given == null) {
            return Asked.of(Map.of());
        }
        String after = portion.placed(given)
                .orElseThrow(() -> Refused.position("after", "what next said in the answer to the same search"));
        return Asked.of(Map.of("after", new String[] {after}));
    }

    private static @Nullable After bodies(PreparedStatement select, Opener opener, int rows, List<byte[]> bodies)
            throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            StoredRecord last = null;
            int bytes = 0;
            while (row.next()) {
                if (last != null && (bodies.size() == rows || bytes > SearchAddress.FULL_BYTES)) {
                    return new After(last.id(), null);
                }
                last = StoredRecord.of(row);
                bodies.add(last.opened(opener));
                bytes += last.body().length;
            }
            return null;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
