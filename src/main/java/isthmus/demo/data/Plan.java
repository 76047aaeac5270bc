package isthmus.demo.data;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where which fault is planted: kinds in turn over slots drawn from the seed, no slot twice. */
final class Plan {
    private final WorldOptions options;

    Plan(WorldOptions options) {
        this.options = options;
    }

    int times(Fault fault) {
        return fault.times(options.faults());
    }

    boolean has(Fault fault) {
        return times(fault) > 0;
    }

    /** Whether persons are entered as in life. */
    boolean hasSlips() {
        return options.faults().equals("nasty");
    }

    /** Slots from {@code first} to below {@code end}; each kind as often as wanted, all fewer when slots run out. */
    Map<Integer, Fault> spread(String salt, Collection<Fault> kinds, int first, int end) {
        return spread(salt, kinds, first, end, Integer.MAX_VALUE);
    }

    Map<Integer, Fault> spread(String salt, Collection<Fault> kinds, int first, int end, int most) {
        Dice dice = Dice.of(options.seed(), "plan-" + salt);
        Map<Integer, Fault> slots = new HashMap<>();
        int rounds = kinds.stream().mapToInt(this::times).max().orElse(0);
        for (int round = 0; round < Math.min(rounds, most); round++) {
            for (Fault kind : List.copyOf(kinds)) {
                if (round < times(kind) && slots.size() < end - first) {
                    int slot = first + dice.below(end - first);
                    while (slots.containsKey(slot)) {
                        slot = slot + 1 < end ? slot + 1 : first;
                    }
                    slots.put(slot, kind);
                }
            }
        }
        return slots;
    }
}
