package isthmus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortedRunsTest {

    private static final int SMALL_RUN = 16 << 10;

    @TempDir
    Path folder;

    @Test
    void givesEachKeyOnceInOrderThroughManyRuns() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        TreeMap<Key, Sighting> expected = new TreeMap<>();

        try (SortedRuns runs = new SortedRuns(folder, SMALL_RUN)) {
            for (int i = 0; i < 20_000; i++) {
                Sighting sighting =
                        sighting("key " + random.nextInt(5_000), String.format("%08d", i), random.nextInt());
                runs.add(sighting);
                expected.put(sighting.key(), sighting);
            }

            List<Sighting> settled = new ArrayList<>();
            runs.settled().forEachRemaining(settled::add);

            assertThat(settled).containsExactlyElementsOf(expected.values());
            assertThat(runs.spilled()).isGreaterThan(10);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void staysInMemoryWhileThereIsLittle() {
        try (SortedRuns runs = new SortedRuns(folder, SMALL_RUN)) {
            runs.add(sighting("b", "1", 2));
            runs.add(sighting("a", "1", 1));

            assertThat(runs.settled()).toIterable().extracting(Sighting::key).containsExactly(sorted("a", "b"));
            assertThat(runs.spilled()).isZero();
        }
    }

    @Test
    void anEmptyShoreHasNoKeys() {
        try (SortedRuns runs = new SortedRuns(folder, SMALL_RUN)) {
            assertThat(runs.settled()).isExhausted();
        }
    }

    @Test
    void sortsByBytesAndNotBySign() {
        Key low = new Key(1, -1);
        Key high = new Key(-1, 0);

        try (SortedRuns runs = new SortedRuns(folder, SMALL_RUN)) {
            runs.add(Sighting.of(high));
            runs.add(Sighting.of(low));
            Iterator<Sighting> settled = runs.settled();

            assertThat(settled.next().key()).isEqualTo(low);
            assertThat(settled.next().key()).isEqualTo(high);
        }
        assertThat(low).isLessThan(high);
    }

    @Test
    void aSightingSurvivesTheDiskExactly() {
        Intervals intervals =
                new Intervals(-3, new long[] {0, 1, -1, Intervals.MISSING, 9_000_000_000_000L, -9_000_000_000_000L});
        Sighting sighting = new Sighting(
                Key.of("urn:isthmus:yj:a:b:c"),
                "20261101000000000-0000000001",
                true,
                true,
                Key.of("CURVE.csv:2"),
                Key.of("sha256:1"),
                new BigDecimal("-123456789012345.67"),
                new BigDecimal("0.123456789"),
                intervals,
                20_785);

        Sighting read = Sighting.decode(sighting.encode());

        assertThat(read).usingRecursiveComparison().isEqualTo(sighting);
    }

    private static Sighting sighting(String key, String version, int cents) {
        return new Sighting(
                Key.of(key), version, false, true, Key.NONE, Key.NONE, BigDecimal.valueOf(cents, 2), null, null, 0);
    }

    private static Key[] sorted(String... names) {
        return Arrays.stream(names).map(Key::of).sorted().toArray(Key[]::new);
    }
}
