package isthmus.demo.data;

import java.util.List;
import java.util.SplittableRandom;

/** Chance that is the same whenever the same thing is asked for: seeded by what it is thrown for. */
final class Dice {
    private final SplittableRandom random;

    private Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    static Dice of(long seed, String what, long... numbers) {
        long mixed = mix(seed ^ mix(what.hashCode()));
        for (long number : numbers) {
            mixed = mix(mixed ^ number);
        }
        return new Dice(mixed);
    }

    private static long mix(long z) {
        long a = (z + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    /** From 0 to below the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both ends included. */
    int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    String pick(String... words) {
        return words[random.nextInt(words.length)];
    }

    String digits(int n) {
        StringBuilder out = new StringBuilder(n);
        for (int i = 0; i < n; i++) {
            out.append((char) ('0' + random.nextInt(10)));
        }
        return out.toString();
    }
}
