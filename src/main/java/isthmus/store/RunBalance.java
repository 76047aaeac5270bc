package isthmus.store;

import java.util.List;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param state {@code green}, or {@code red} when a piece that was read came to no end, or to two
 * @param tallies by entity
 * @param problems one sentence an entity whose balance does not hold; empty when green
 */
public record RunBalance(long run, String system, String state, Map<String, Tally> tallies, List<String> problems) {
    public boolean green() {
        return state.equals("green");
    }
}
