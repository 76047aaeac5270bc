package isthmus.identity.match;

import isthmus.identity.match.Field.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Learns the weights of a model from the records themselves: {@code u} from pairs drawn by chance, {@code m} by
 * expectation and maximization over the pairs of each block, for the fields that the block does not use. Nobody has to say
 * which pairs are right.
 */
public final class Estimation {
    private static final int DRAWN = 1_000_000;
    private static final int LOOKED_AT = 300_000;
    private static final int ROUNDS = 200;
    private static final double STILL = 1e-7;
    private static final double FIRST_GUESS = 0.2;
    private static final double UNSEEN = 0.5;
    /** Of fewer pairs nothing is learnt of a field. */
    private static final double FEW = 20;

    private final Model model;
    private final List<Subject> subjects;
    private final boolean isWithin;
    private final long seed;

    /** @param isWithin whether two of one source may be one */
    public Estimation(Model model, List<Subject> subjects, boolean isWithin, long seed) {
        this.model = model;
        this.subjects = subjects;
        this.isWithin = isWithin;
        this.seed = seed;
    }

    /**
     * A model with weights that were learnt.
     *
     * @param pairs by field: of how many pairs that are one m was learnt; expected ones are rounded
     * @param drawn by field: of how many drawn by chance u was
     */
    public record Learnt(Model model, List<Long> pairs, List<Long> drawn) {}

    /** Two records that are known to be one. */
    public record Same(Subject left, Subject right) {}

    /** The model with weights of these records, under another version; a field of which too few pairs are known keeps its own. */
    public Model estimate(String version) {
        return learn(version).model();
    }

    /** The same, with how many pairs it rests on. */
    public Learnt learn(String version) {
        double[][] drawn = drawn(Set.of());
        double[][] u = new double[drawn.length][];
        for (int i = 0; i < u.length; i++) {
            u[i] = u(model.fields().get(i), drawn[i]);
        }
        double[][] learnt = nothing();
        Candidates candidates = new Candidates(model, subjects, isWithin);
        for (int block = 0; block < model.blocks().size(); block++) {
            learn(block, patterns(candidates, block), u, learnt);
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < u.length; i++) {
            Field field = model.fields().get(i);
            fields.add(isFew(learnt[i]) ? field : weighed(field, shares(learnt[i], field), u[i]));
        }
        return new Learnt(model.with(version, fields), sums(learnt), sums(drawn));
    }

    /**
     * Counts m over pairs that are known to be one instead. What a level that vetoes says of them is not counted, and its m
     * stays as it was: keys do not link those whose names differ, so that there are none among them.
     */
    public Learnt count(String version, List<Same> same) {
        Set<List<String>> known = new HashSet<>();
        double[][] counted = nothing();
        for (Same pair : same) {
            known.add(List.of(pair.left().id(), pair.right().id()));
            known.add(List.of(pair.right().id(), pair.left().id()));
            add(pair.left(), pair.right(), counted);
        }
        double[][] drawn = drawn(known);
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < counted.length; i++) {
            Field field = model.fields().get(i);
            fields.add(isFew(counted[i]) ? field : weighed(field, unbiased(field, counted[i]), u(field, drawn[i])));
        }
        return new Learnt(model.with(version, fields), sums(counted), sums(drawn));
    }

    private static double[] unbiased(Field field, double[] counted) {
        double kept = field.levels().stream()
                .filter(Level::vetoes)
                .mapToDouble(Level::m)
                .sum();
        double[] without = counted.clone();
        int others = 0;
        for (int i = 0; i < without.length; i++) {
            without[i] = field.levels().get(i).vetoes() ? 0 : without[i];
            others += field.levels().get(i).vetoes() ? 0 : 1;
        }
        double all = Arrays.stream(without).sum();
        for (int i = 0; i < without.length; i++) {
            Level own = field.levels().get(i);
            without[i] = own.vetoes() ? own.m() : (1 - kept) * (without[i] + UNSEEN) / (all + UNSEEN * others);
        }
        return without;
    }

    private static boolean isFew(double[] counts) {
        return Arrays.stream(counts).sum() < FEW;
    }

    private double[][] nothing() {
        double[][] nothing = new double[model.fields().size()][];
        for (int i = 0; i < nothing.length; i++) {
            nothing[i] = new double[model.fields().get(i).levels().size()];
        }
        return nothing;
    }

    private static List<Long> sums(double[][] counts) {
        return Arrays.stream(counts)
                .map(one -> Math.round(Arrays.stream(one).sum()))
                .toList();
    }

    private static Field weighed(Field field, double[] m, double[] u) {
        List<Level> levels = new ArrayList<>();
        for (int i = 0; i < field.levels().size(); i++) {
            Level own = field.levels().get(i);
            levels.add(new Level(own.name(), m[i], u[i], own.vetoes()));
        }
        return field.with(levels);
    }

    /** Nothing is so rare that it was never to be seen: each level counts as half seen. */
    private static double[] shares(double[] counted, Field field) {
        double all = Arrays.stream(counted).sum();
        if (all == 0) {
            return field.levels().stream().mapToDouble(Level::m).toArray();
        }
        return Arrays.stream(counted)
                .map(one -> (one + UNSEEN) / (all + UNSEEN * counted.length))
                .toArray();
    }

    private static double[] u(Field field, double[] drawn) {
        return Arrays.stream(drawn).sum() == 0
                ? field.levels().stream().mapToDouble(Level::u).toArray()
                : shares(drawn, field);
    }

    /** How often pairs drawn by chance are on each level; those that are known to be one are none of them. */
    private double[][] drawn(Set<List<String>> known) {
        double[][] seen = nothing();
        Random random = new Random(seed);
        // Drawn more often than there are any, the few would pass for many.
        long all = (long) subjects.size() * (subjects.size() - 1) / 2;
        for (int n = 0; n < Math.min(DRAWN, all); n++) {
            Subject left = subjects.get(random.nextInt(subjects.size()));
            Subject right = subjects.get(random.nextInt(subjects.size()));
            if (left != right
                    && (isWithin || !left.source().equals(right.source()))
                    && (known.isEmpty() || !known.contains(List.of(left.id(), right.id())))) {
                add(left, right, seen);
            }
        }
        return seen;
    }

    private void add(Subject left, Subject right, double[][] counts) {
        for (int i = 0; i < counts.length; i++) {
            int level = model.fields().get(i).level(left.value(i), right.value(i));
            if (level != Field.MISSING) {
                counts[i][level]++;
            }
        }
    }

    private List<int[]> patterns(Candidates candidates, int block) {
        List<int[]> patterns = new ArrayList<>();
        candidates.of(block, (left, right) -> {
            if (patterns.size() < LOOKED_AT) {
                int[] levels = new int[model.fields().size()];
                for (int i = 0; i < levels.length; i++) {
                    levels[i] = model.fields()
                            .get(i)
                            .level(
                                    subjects.get(left).value(i),
                                    subjects.get(right).value(i));
                }
                patterns.add(levels);
            }
        });
        return patterns;
    }

    private void learn(int block, List<int[]> patterns, double[][] u, double[][] learnt) {
        double[][] m = new double[u.length][];
        for (int i = 0; i < u.length; i++) {
            m[i] = model.fields().get(i).levels().stream().mapToDouble(Level::m).toArray();
        }
        double share = FIRST_GUESS;
        for (int round = 0; round < ROUNDS && !patterns.isEmpty(); round++) {
            double[][] expected = expected(block, patterns, m, u, share);
            double pairs = expected[u.length][0];
            boolean isLast = Math.abs(pairs / patterns.size() - share) < STILL || round == ROUNDS - 1;
            share = Math.min(1 - STILL, Math.max(STILL, pairs / patterns.size()));
            for (int i = 0; i < u.length; i++) {
                if (!model.blocks().get(block).uses(i)) {
                    m[i] = shares(expected[i], model.fields().get(i));
                    for (int level = 0; isLast && level < m[i].length; level++) {
                        learnt[i][level] += expected[i][level];
                    }
                }
            }
            if (isLast) {
                return;
            }
        }
    }

    /** How many pairs that are one are expected on each level, and behind them how many there are. */
    private double[][] expected(int block, List<int[]> patterns, double[][] m, double[][] u, double share) {
        double[][] expected = new double[u.length + 1][];
        for (int i = 0; i < u.length; i++) {
            expected[i] = new double[u[i].length];
        }
        expected[u.length] = new double[1];
        for (int[] levels : patterns) {
            double one = share;
            double other = 1 - share;
            for (int i = 0; i < u.length; i++) {
                if (levels[i] != Field.MISSING && !model.blocks().get(block).uses(i)) {
                    one *= m[i][levels[i]];
                    other *= u[i][levels[i]];
                }
            }
            double likely = one / (one + other);
            expected[u.length][0] += likely;
            for (int i = 0; i < u.length; i++) {
                if (levels[i] != Field.MISSING) {
                    expected[i][levels[i]] += likely;
                }
            }
        }
        return expected;
    }
}
