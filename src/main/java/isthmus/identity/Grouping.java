package isthmus.identity;

import isthmus.identity.Clusters.Cut;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes unified customers of the links: which records belong to one, and under which id. An id stands and falls with the
 * record that it was first given to, so that two that are parted again are who they were before.
 */
final class Grouping {
    private static final int FETCH = 5_000;
    private static final int LINES = 1 << 20;
    private static final String SILO = "hub";
    static final String ENTITY = "unifiedcustomer";

    private final Clusters clusters = new Clusters(Clusters.MOST);

    /** Cuts the links that no cluster may hold; they are for a person then. To be called before the links are written. */
    void cut(Session session) throws SQLException {
        session.run(Statements.text("cluster-edges"));
        each(session, "cluster-apart", row -> clusters.keepApart(row.getInt(1), row.getInt(2)));
        List<String[]> cuts = new ArrayList<>();
        each(session, "cluster-links", row -> {
            Cut cut = clusters.join(row.getInt(1), row.getInt(2));
            if (cut != null) {
                cuts.add(new String[] {cut.reason(), row.getString(3), row.getString(4)});
            }
        });
        for (String[] cut : cuts) {
            session.run(
                    "update link_verdict set state = 'review', reason = ? where left_id = ? and right_id = ?",
                    (Object[]) cut);
            session.run(
                    "delete from link_edge where state = 'linked' and left_id = ? and right_id = ?", cut[1], cut[2]);
        }
    }

    /** Gives every cluster its id and writes who has moved. To be called after the links were written. */
    void settle(Session session, String rules, @Nullable Long night, OffsetDateTime at) throws SQLException {
        session.run("create temporary table golden_root (n int, root int) on commit drop");
        StringBuilder lines = new StringBuilder();
        clusters.each((record, root) -> {
            lines.append(record).append('\t').append(root).append('\n');
            if (lines.length() > LINES) {
                session.copy("golden_root", lines);
            }
        });
        session.copy("golden_root", lines);
        session.run(Statements.text("golden-anchors"));
        session.run("analyze golden_root");
        session.run(Statements.text("golden-now"));
        found(session, at);
        session.run(Statements.text("golden-moves"), night, at);
        session.run(Statements.text("golden-members"));
        session.run("analyze golden_member");
        session.run(Statements.text("golden-inputs"), rules);
    }

    private static void found(Session session, OffsetDateTime at) throws SQLException {
        session.run("create temporary table golden_found (anchor text, id text, other_id text) on commit drop");
        StringBuilder lines = new StringBuilder();
        each(session, "golden-new", row -> {
            String anchor = row.getString(1);
            lines.append(Statements.cell(anchor)).append('\t').append(Statements.cell(id(anchor, anchor)));
            lines.append('\t')
                    .append(Statements.cell(id(anchor, anchor + "@" + at.toInstant())))
                    .append('\n');
            if (lines.length() > LINES) {
                session.copy("golden_found", lines);
            }
        });
        session.copy("golden_found", lines);
        session.run(Statements.text("golden-found"), at);
    }

    /** A name-based UUID of version 5 (RFC 4122) within the utility, of the first record (model.md 2.1). */
    private static String id(String anchor, String name) {
        String org = anchor.split(":", 4)[2];
        byte[] hash = sha1((org + ' ' + name).getBytes(StandardCharsets.UTF_8));
        long most = 0;
        long least = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            most = most << 8 | hash[i] & 0xff;
            least = least << 8 | hash[i + Long.BYTES] & 0xff;
        }
        UUID uuid = new UUID(most & ~0xf000L | 0x5000L, least & ~(0xc0L << 56) | 0x80L << 56);
        return "urn:isthmus:" + org + ':' + SILO + ':' + ENTITY + ':' + uuid;
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-1", absent);
        }
    }

    private interface Row {
        void see(ResultSet row) throws SQLException;
    }

    private static void each(Session session, String statement, Row row) throws SQLException {
        try (PreparedStatement query = session.prepare(Statements.text(statement))) {
            query.setFetchSize(FETCH);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    row.see(rows);
                }
            }
        }
    }
}
