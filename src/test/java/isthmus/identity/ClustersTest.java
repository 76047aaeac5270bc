package isthmus.identity;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.identity.Clusters.Cut;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Clusters by hand, and by a slow rule of thumb over many thrown graphs. */
class ClustersTest {

    @Test
    void aChainIsOneCustomer() throws SQLException {
        Clusters clusters = new Clusters(50);

        assertThat(clusters.join(1, 2)).isNull();
        assertThat(clusters.join(3, 4)).isNull();
        assertThat(clusters.join(2, 3)).isNull();

        assertThat(sets(clusters)).containsExactly(Set.of(1, 2, 3, 4));
    }

    @Test
    void theWeakestLinkOfAChainBetweenTwoThatAreApartGivesWay() throws SQLException {
        Clusters clusters = new Clusters(50);
        clusters.keepApart(1, 4);

        assertThat(clusters.join(1, 2)).isNull();
        assertThat(clusters.join(3, 4)).isNull();
        assertThat(clusters.join(2, 3)).isEqualTo(Cut.APART);

        assertThat(sets(clusters)).containsExactlyInAnyOrder(Set.of(1, 2), Set.of(3, 4));
    }

    @Test
    void whoJoinsManyIsStoppedAtTheLargestThatACustomerMayBe() throws SQLException {
        Clusters clusters = new Clusters(5);

        List<Cut> cuts = new ArrayList<>();
        for (int other = 2; other <= 20; other++) {
            Cut cut = clusters.join(1, other);
            if (cut != null) {
                cuts.add(cut);
            }
        }

        assertThat(cuts).hasSize(15).containsOnly(Cut.LARGE);
        assertThat(sets(clusters)).containsExactly(Set.of(1, 2, 3, 4, 5));
    }

    @RepeatedTest(50)
    void noClusterHoldsTwoThatAreApartAndNoLinkIsCutWithoutNeed() throws SQLException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random dice = new Random(seed);
        int most = 2 + dice.nextInt(6);
        Set<List<Integer>> apart = pairs(dice, 10);
        Clusters clusters = new Clusters(most);
        apart.forEach(pair -> clusters.keepApart(pair.get(0), pair.get(1)));
        Slow slow = new Slow(apart, most);

        for (List<Integer> link : pairs(dice, 40)) {
            boolean isCut = clusters.join(link.get(0), link.get(1)) != null;

            assertThat(isCut).as("seed %d, link %s", seed, link).isEqualTo(slow.cuts(link));
        }

        assertThat(sets(clusters)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(slow.large());
    }

    private static Set<List<Integer>> pairs(Random dice, int many) {
        Set<List<Integer>> pairs = new HashSet<>();
        for (int i = 0; i < many; i++) {
            int left = dice.nextInt(20);
            int right = dice.nextInt(20);
            if (left != right) {
                pairs.add(List.of(Math.min(left, right), Math.max(left, right)));
            }
        }
        return pairs;
    }

    private static List<Set<Integer>> sets(Clusters clusters) throws SQLException {
        Map<Integer, Set<Integer>> sets = new TreeMap<>();
        clusters.each((record, root) ->
                sets.computeIfAbsent(root, fresh -> new HashSet<>()).add(record));
        return List.copyOf(sets.values());
    }

    /** The same by looking at every pair. */
    private static final class Slow {
        private final Set<List<Integer>> apart;
        private final int most;
        private final List<Set<Integer>> sets = new ArrayList<>();

        Slow(Set<List<Integer>> apart, int most) {
            this.apart = apart;
            this.most = most;
        }

        boolean cuts(List<Integer> link) {
            Set<Integer> one = of(link.get(0));
            Set<Integer> other = of(link.get(1));
            Set<Integer> both = new HashSet<>(one);
            both.addAll(other);
            boolean holds =
                    one == other || both.size() <= most && apart.stream().noneMatch(pair -> both.containsAll(pair));
            if (holds && one != other) {
                sets.remove(one);
                sets.remove(other);
                sets.add(both);
            }
            return !holds;
        }

        private Set<Integer> of(int one) {
            for (Set<Integer> set : sets) {
                if (set.contains(one)) {
                    return set;
                }
            }
            Set<Integer> alone = new HashSet<>(Set.of(one));
            sets.add(alone);
            return alone;
        }

        List<Set<Integer>> large() {
            return sets.stream().filter(set -> set.size() > 1).collect(Collectors.toList());
        }
    }
}
