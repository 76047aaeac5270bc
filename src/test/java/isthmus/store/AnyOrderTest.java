package isthmus.store;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Fact;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Versions of records and pieces of blocks, duplicates among them, come to the same bytes in any order of delivery. */
class AnyOrderTest {
    private static final int SEEDS = 1_000;
    private static final List<String> FLAGS = List.of("actual", "actual", "estimated", "edited", "withdrawn");

    @Test
    void inMemoryForAThousandSeeds() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<Fact> facts = blocks(random);

            String once = judged(facts);
            Collections.shuffle(facts, random);
            String shuffled = judged(facts);

            assertThat(shuffled).as("seed %d", seed).isEqualTo(once);
        }
    }

    @Test
    void versionsOfOrdinaryRecordsInMemoryForAThousandSeeds() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<Fact> facts = records(random);

            String once = judged(facts);
            Collections.shuffle(facts, random);

            assertThat(judged(facts)).as("seed %d", seed).isEqualTo(once);
        }
    }

    @Test
    void throughTheStoreInChunksOfAnySize() {
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            List<Fact> facts = blocks(random);
            List<Fact> records = records(random);

            String once = stored(List.of(facts, records), new Random(seed));
            Collections.shuffle(facts, random);
            Collections.shuffle(records, random);

            assertThat(stored(List.of(facts, records), random))
                    .as("seed %d", seed)
                    .isEqualTo(once);
        }
    }

    private static List<Fact> blocks(Random random) {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            @Nullable Integer[] values = new Integer[8];
            for (int at = 0; at < values.length; at++) {
                values[at] = random.nextInt(3) == 0 ? null : 1000 * random.nextInt(4) - 1000;
            }
            String flag = FLAGS.get(random.nextInt(FLAGS.size()));
            int scale = random.nextInt(4) == 0 ? -1 : -3;
            facts.add(Blocks.flagged("m" + random.nextInt(2), 1 + random.nextInt(6), flag, scale, values));
            if (random.nextInt(4) == 0) {
                facts.add(facts.get(random.nextInt(facts.size())));
            }
        }
        return facts;
    }

    private static List<Fact> records(Random random) {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            String key = "k" + random.nextInt(3);
            int version = 1 + random.nextInt(6);
            facts.add(
                    random.nextInt(5) == 0
                            ? Cargo.deleted("bill", key, version)
                            : Cargo.bill(key, version, random.nextInt(3) + ".00"));
        }
        return facts;
    }

    /** Every fact judged in a chunk of its own, as if each had been stored before the next. */
    private static String judged(List<Fact> facts) {
        Map<String, Held> held = new HashMap<>();
        for (Fact fact : facts) {
            Judgement judgement = new Judgement(held, Instant.EPOCH);
            judgement.judge(fact, 1);
            judgement.slots().forEach((id, slot) -> held.put(id, Objects.requireNonNull(slot.standing())));
        }
        StringBuilder out = new StringBuilder();
        new TreeMap<>(held).forEach((id, version) -> {
            Held.BlockState block = version.block();
            out.append(id).append(' ').append(version.deleted()).append(' ').append(version.contentHash());
            out.append(' ').append(BlockMerge.highest(version.sequence())).append(' ');
            out.append(block == null ? "" : new String(block.body(), StandardCharsets.UTF_8));
            out.append(' ').append(version.positions()).append('\n');
        });
        return out.toString();
    }

    private static String stored(List<List<Fact>> byEntity, Random random) {
        Store store = Store.fresh();
        for (List<Fact> facts : byEntity) {
            int at = 0;
            while (at < facts.size()) {
                int end = Math.min(facts.size(), at + 1 + random.nextInt(5));
                store.chunks.commit(Cargo.chunk(1, facts.subList(at, end)));
                at = end;
            }
        }
        return store.bodies();
    }
}
