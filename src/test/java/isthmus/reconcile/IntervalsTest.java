package isthmus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalsTest {

    @Test
    void readsScaleAndValuesOutOfABody() {
        String body = "{\"id\":\"urn:x\",\"quality\":[{\"at\":1,\"n\":1}],\"readingType\":{\"scale\":9},\"scale\":-3,"
                + "\"sum\":\"0.04\",\"values\":[42,null,-2]}";

        Intervals intervals = Intervals.of(body.getBytes(StandardCharsets.UTF_8));

        assertThat(intervals.scale()).isEqualTo(-3);
        assertThat(intervals.values()).containsExactly(42, Intervals.MISSING, -2);
    }

    @Test
    void aLaterPieceWinsWhereItSpeaksAndOnlyThere() {
        List<Sighting> pieces = List.of(piece("1", 100, 200, Intervals.MISSING), piece("2", Intervals.MISSING, 5, 7));

        assertThat(energy(pieces)).isEqualByComparingTo("0.112");
    }

    @Test
    void inAConflictOfOneVersionTheGreaterValueIsKept() {
        assertThat(energy(List.of(piece("1", 9, 1), piece("1", 2, 8)))).isEqualByComparingTo("0.017");
    }

    @Test
    void aShorterPieceTakesNothingAway() {
        assertThat(energy(List.of(piece("1", 1, 2, 3), piece("2", 10)))).isEqualByComparingTo("0.015");
    }

    @Test
    void comesToTheSameSumInAnyOrderOfArrival() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<Sighting> pieces = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            long[] values = random.longs(96, -50, 5_000).toArray();
            for (int gap = 0; gap < 40; gap++) {
                values[random.nextInt(96)] = Intervals.MISSING;
            }
            pieces.add(piece("" + i / 2, values));
        }
        BigDecimal sum = energy(pieces);

        for (int shuffle = 0; shuffle < 100; shuffle++) {
            Collections.shuffle(pieces, random);
            assertThat(energy(pieces)).isEqualByComparingTo(sum);
        }
    }

    @Test
    void theSameValuesAreTheSameHoweverTheyAreWrittenDown() {
        Intervals day = new Intervals(-3, new long[] {0, 1_200, Intervals.MISSING, -50});

        assertThat(new Intervals(-2, new long[] {0, 120, Intervals.MISSING, -5, Intervals.MISSING}).content())
                .isEqualTo(day.content());
        assertThat(new Intervals(-3, new long[4]).content()).isEqualTo(new Intervals(2, new long[4]).content());
        assertThat(new Intervals(-3, new long[] {0, 1_200, 0, -50}).content()).isNotEqualTo(day.content());
        assertThat(new Intervals(-2, new long[] {0, 1_200, Intervals.MISSING, -50}).content())
                .isNotEqualTo(day.content());
    }

    private static BigDecimal energy(List<Sighting> pieces) {
        return Objects.requireNonNull(Sighting.settle(pieces).energy());
    }

    private static Sighting piece(String version, long... values) {
        return new Sighting(
                Key.of("day"),
                version,
                false,
                true,
                Key.NONE,
                Key.NONE,
                null,
                BigDecimal.ONE,
                new Intervals(-3, values),
                0);
    }
}
