package isthmus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.store.Tally;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code demo --once} answers.
 *
 * @param systems per system and entity the balance
 * @param events per topic the events of this call
 * @param truth the demo checker's verdict over Kafka and SQL
 * @param green true when every run balances and the feed has caught up
 * @param seconds from the call to the answer, servers and checking included
 */
record DemoReport(
        Map<String, Map<String, Tally>> systems,
        Map<String, Long> events,
        JsonNode truth,
        boolean green,
        List<String> problems,
        long seconds,
        PeakMemory memory,
        JsonNode card) {
    private static final List<String> MUST_BE_ZERO = List.of("lost", "duplicated", "wrong", "unexplained");

    boolean holds() {
        return green && MUST_BE_ZERO.stream().allMatch(kind -> truth.path(kind).asLong(-1) == 0);
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("holds", holds());
        document.put("seed", card.path("seed"));
        document.put("scale", card.path("scale"));
        document.put("days", card.path("days"));
        document.put("faults", card.path("faults"));
        document.put("systems", systems);
        document.put("topics", events);
        document.put("truth", truth);
        document.put("problems", problems);
        document.put("seconds", seconds);
        document.put("peakMemoryMiB", memory);
        return document;
    }

    String text() {
        StringBuilder out = new StringBuilder();
        out.append(BalanceTable.text(systems)).append("\n\n");
        Table topics = new Table("topic", "events");
        events.forEach(topics::row);
        out.append(topics.text()).append("\n\n");
        out.append("truth: ");
        MUST_BE_ZERO.forEach(kind ->
                out.append(kind).append(' ').append(truth.path(kind).asLong()).append("  "));
        out.append("(").append(truth.path("expected").asLong()).append(" records and refusals expected, ");
        out.append(truth.path("explained").asLong()).append(" found as they must be)\n");
        truth.path("samples").forEach(sample -> out.append("  ").append(sample).append('\n'));
        problems.forEach(problem -> out.append("problem: ").append(problem).append('\n'));
        out.append(holds() ? "It holds." : "It does not hold.");
        out.append(" %d s, peak heap %d MiB, resident %d MiB".formatted(seconds, memory.heap(), memory.resident()));
        return out.toString();
    }
}
