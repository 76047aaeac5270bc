package isthmus.identity;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what links join, from the strongest link to the weakest. A link that would bring together two of whom it is
 * known that they are not one, or more than a customer can be, is cut; so the weakest of a chain gives way, and the same
 * links give the same clusters in whatever order they were found. Records are numbered from nought; each costs eight bytes.
 */
final class Clusters {
    /** How many records one customer may be. */
    static final int MOST = 50;

    private static final int FEW = 1 << 10;

    private final int most;
    private final Map<Integer, Set<Integer>> apart = new HashMap<>();
    private int[] parents = new int[0];
    private int[] sizes = new int[0];

    /** Why a link was cut. */
    enum Cut {
        /** Something speaks against two of those that it would bring together. */
        APART("cluster-apart"),
        /** It would bring together too many. */
        LARGE("cluster-large");

        private final String reason;

        Cut(String reason) {
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** Takes a record that is not alone, and the one by which its cluster is known. */
    interface Member {
        void of(int record, int root) throws SQLException;
    }

    Clusters(int most) {
        this.most = most;
    }

    /** Two that are never to come together; to be told before any link. */
    void keepApart(int left, int right) {
        apart.computeIfAbsent(left, fresh -> new HashSet<>()).add(right);
        apart.computeIfAbsent(right, fresh -> new HashSet<>()).add(left);
    }

    /** Takes the next weaker link; returns why it is cut, or null when it holds. */
    @Nullable
    Cut join(int left, int right) {
        hold(Math.max(left, right));
        int one = root(left);
        int other = root(right);
        if (one == other) {
            return null;
        }
        if (apart.getOrDefault(one, Set.of()).contains(other)) {
            return Cut.APART;
        }
        int size = sizes[one] + sizes[other];
        if (size > most) {
            return Cut.LARGE;
        }
        boolean isLarger = sizes[one] > sizes[other] || sizes[one] == sizes[other] && one < other;
        int root = isLarger ? one : other;
        int joined = isLarger ? other : one;
        parents[joined] = root;
        sizes[root] = size;
        inherit(root, joined);
        return null;
    }

    private void hold(int record) {
        int held = parents.length;
        if (record >= held) {
            int more = Math.max(record + 1, held + (held >> 1) + FEW);
            parents = Arrays.copyOf(parents, more);
            sizes = Arrays.copyOf(sizes, more);
            for (int i = held; i < more; i++) {
                parents[i] = i;
                sizes[i] = 1;
            }
        }
    }

    /** Whoever is kept apart from the one is from then on kept apart from the other. */
    private void inherit(int root, int joined) {
        Set<Integer> enemies = apart.remove(joined);
        if (enemies != null) {
            for (int enemy : enemies) {
                Set<Integer> back = apart.computeIfAbsent(enemy, fresh -> new HashSet<>());
                back.remove(joined);
                back.add(root);
            }
            apart.computeIfAbsent(root, fresh -> new HashSet<>()).addAll(enemies);
        }
    }

    private int root(int one) {
        int root = one;
        while (parents[root] != root) {
            root = parents[root];
        }
        for (int at = one; at != root; ) {
            int next = parents[at];
            parents[at] = root;
            at = next;
        }
        return root;
    }

    /** Every record that is not alone. */
    void each(Member member) throws SQLException {
        for (int record = 0; record < parents.length; record++) {
            int root = root(record);
            if (sizes[root] > 1) {
                member.of(record, root);
            }
        }
    }
}
