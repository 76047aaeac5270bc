package isthmus.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what links join, from the strongest link to the weakest. A link that would bring together two of whom it is
 * known that they are not one, or more than a customer can be, is cut; so the weakest of a chain gives way, and the same
 * links give the same clusters in whatever order they were found.
 */
final class Clusters {
    /** How many records one customer may be. */
    static final int MOST = 50;

    private final int most;
    private final Map<Long, Long> parents = new HashMap<>();
    private final Map<Long, Integer> sizes = new HashMap<>();
    private final Map<Long, Set<Long>> apart = new HashMap<>();

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

    Clusters(int most) {
        this.most = most;
    }

    /** Two that are never to come together; to be told before any link. */
    void keepApart(long left, long right) {
        apart.computeIfAbsent(left, fresh -> new HashSet<>()).add(right);
        apart.computeIfAbsent(right, fresh -> new HashSet<>()).add(left);
    }

    /** Takes the next weaker link; returns why it is cut, or null when it holds. */
    @Nullable
    Cut join(long left, long right) {
        long one = root(left);
        long other = root(right);
        if (one == other) {
            return null;
        }
        if (apart.getOrDefault(one, Set.of()).contains(other)) {
            return Cut.APART;
        }
        int size = size(one) + size(other);
        if (size > most) {
            return Cut.LARGE;
        }
        boolean isLarger = size(one) > size(other) || size(one) == size(other) && one < other;
        long root = isLarger ? one : other;
        long joined = isLarger ? other : one;
        parents.put(joined, root);
        sizes.put(root, size);
        inherit(root, joined);
        return null;
    }

    /** Whoever is kept apart from the one is from then on kept apart from the other. */
    private void inherit(long root, long joined) {
        Set<Long> enemies = apart.remove(joined);
        if (enemies != null) {
            for (long enemy : enemies) {
                Set<Long> back = apart.computeIfAbsent(enemy, fresh -> new HashSet<>());
                back.remove(joined);
                back.add(root);
            }
            apart.computeIfAbsent(root, fresh -> new HashSet<>()).addAll(enemies);
        }
    }

    private long root(long one) {
        long root = one;
        while (parent(root) != root) {
            root = parent(root);
        }
        for (long at = one; at != root; ) {
            long next = parent(at);
            parents.put(at, root);
            at = next;
        }
        return root;
    }

    private long parent(long one) {
        return parents.getOrDefault(one, one);
    }

    private int size(long root) {
        return sizes.getOrDefault(root, 1);
    }

    /** Every cluster of more than one. */
    List<List<Long>> clusters() {
        Map<Long, List<Long>> clusters = new HashMap<>();
        for (long one : new ArrayList<>(parents.keySet())) {
            clusters.computeIfAbsent(root(one), root -> new ArrayList<>(List.of(root)))
                    .add(one);
        }
        return List.copyOf(clusters.values());
    }
}
