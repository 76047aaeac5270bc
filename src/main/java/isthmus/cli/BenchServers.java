package isthmus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The processes beside a chain: what they have cost until now, and the most memory they have held. */
final class BenchServers {
    static final String SOURCE = "source";

    private final long store;
    private final long broker;
    private final long source;

    /** Reads the process ids that the demo's servers leave in their directory; curves come from the islands' own process. */
    BenchServers(Path directory, JsonNode card, BenchJob job) throws IOException {
        store = pid(directory, "postgres");
        broker = pid(directory, "kafka");
        source = job == BenchJob.CURVES ? card.path("pid").asLong() : pid(directory, "mariadb");
    }

    private static long pid(Path directory, String server) throws IOException {
        String line = Files.readString(directory.resolve("pid").resolve(server));
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }

    BenchCost now(String chain, long pid) {
        Map<String, Double> spent = new LinkedHashMap<>();
        spent.put(chain, Kernel.processorSeconds(pid));
        spent.put("store", Kernel.processorSecondsOfTree(store));
        spent.put("broker", Kernel.processorSeconds(broker));
        spent.put(SOURCE, Kernel.processorSeconds(source));
        return new BenchCost(spent, System.nanoTime() / 1e9);
    }

    Map<String, Long> peakMiB(String chain, long pid) {
        Map<String, Long> peaks = new LinkedHashMap<>();
        peaks.put(chain, Kernel.peakMiB(pid));
        peaks.put("store", Kernel.peakMiBOfTree(store));
        peaks.put("broker", Kernel.peakMiB(broker));
        return peaks;
    }
}
