package isthmus.audit;

import isthmus.audit.proof.Merkle;
import isthmus.audit.proof.Peaks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.dao.DataAccessResourceFailureException;

/** The complete subtrees of the log, as the store has them. */
final class StoredNodes implements Merkle.Nodes {
    /** Of the tree's inner nodes the store keeps those of every eighth level; what lies between takes 128 hashes to find. */
    private static final int KEPT = 8;

    private final Connection within;

    StoredNodes(Connection within) {
        this.within = within;
    }

    static boolean isKept(int level) {
        return level % KEPT == 0;
    }

    /** From the nodes of the kept level below, or from the leaves. */
    @Override
    public byte[] hash(int level, long place) {
        int kept = level - level % KEPT;
        long first = place << (level - kept);
        long last = ((place + 1) << (level - kept)) - 1;
        String sql = kept == 0
                ? "select leaf from audit where id > ? and id <= ? order by id"
                : "select hash from audit_node where place >= ? and place <= ? and level = ? order by place";
        try (PreparedStatement select = within.prepareStatement(sql)) {
            select.setLong(1, first);
            select.setLong(2, kept == 0 ? last + 1 : last);
            if (kept > 0) {
                select.setInt(3, kept);
            }
            Peaks subtree = Peaks.of(0, new byte[0]);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    subtree.add(row.getBytes(1), Peaks.Completed.NONE);
                }
            }
            if (subtree.size() != last - first + 1) {
                throw new IllegalStateException(
                        "the audit lacks entries among " + (first << kept) + " and those behind");
            }
            return subtree.root();
        } catch (SQLException fault) {
            throw new DataAccessResourceFailureException("the audit cannot be read", fault);
        }
    }
}
