package isthmus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeysTest {

    @Test
    void containsWhatWasAddedInAnyOrderAndNothingElse() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Set<Key> expected = new HashSet<>();
        Keys keys = new Keys();
        for (int i = 0; i < 3_000; i++) {
            Key key = new Key(random.nextInt(40) - 20, random.nextLong());
            keys.add(key);
            expected.add(key);
        }

        assertThat(expected).allMatch(keys::contains);
        assertThat(keys.size()).isEqualTo(3_000);
        for (int i = 0; i < 3_000; i++) {
            Key stranger = new Key(random.nextInt(40) - 20, random.nextLong());
            assertThat(keys.contains(stranger)).isEqualTo(expected.contains(stranger));
        }
    }

    @Test
    void retainsWhatIsInBoth() {
        Keys evens = new Keys();
        Keys thirds = new Keys();
        for (int i = 0; i < 1_000; i++) {
            evens.add(new Key(0, 2L * i));
            thirds.add(new Key(0, 3L * i));
        }

        evens.retain(thirds);

        List<Long> left = new ArrayList<>();
        for (int i = 0; i < evens.size(); i++) {
            left.add(evens.at(i).low());
        }
        assertThat(left).hasSize(334).allMatch(number -> number % 6 == 0).doesNotHaveDuplicates();
        assertThat(evens.contains(new Key(0, 6))).isTrue();
        assertThat(evens.contains(new Key(0, 4))).isFalse();
    }

    @Test
    void nothingIsInNothing() {
        Keys none = new Keys();
        none.retain(new Keys());

        assertThat(none.size()).isZero();
        assertThat(none.contains(Key.NONE)).isFalse();
    }
}
