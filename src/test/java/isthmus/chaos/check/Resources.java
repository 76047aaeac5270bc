package isthmus.chaos.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * I6: what a hub at rest holds of its machine.
 *
 * @param threads live ones
 * @param files open descriptors
 * @param connections that are in use, by pool
 * @param leftovers files in its temporary folder
 * @param heap MiB that a full collection leaves
 */
public record Resources(long threads, long files, Map<String, Long> connections, long leftovers, long heap) {
    private static final Pattern POOL =
            Pattern.compile("(?m)^hikaricp_connections_active\\{pool=\"([^\"]+)\"[^}]*\\} (.+)$");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration OFTEN = Duration.ofMillis(50);
    /** Pools of servers and drivers breathe. */
    private static final long THREADS_BREATHE = 10;

    private static final long FILES_BREATHE = 20;

    private static final long HEAP_BREATHES = 24;

    /** A hub that polls is at rest only between its pulls: looks again for a while until it is. */
    static Resources atRest(Ground.Hub hub) throws IOException {
        AtomicReference<Resources> seen = new AtomicReference<>(of(hub));
        try {
            Awaitility.await().atMost(PATIENCE).pollInterval(OFTEN).until(() -> {
                seen.set(of(hub));
                return seen.get().connections.isEmpty() && seen.get().leftovers == 0;
            });
        } catch (ConditionTimeoutException stillHeld) {
            return seen.get();
        }
        return seen.get().collected(hub);
    }

    private Resources collected(Ground.Hub hub) throws IOException {
        try {
            Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            int exit = new ProcessBuilder(jcmd.toString(), Long.toString(hub.pid()), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IOException("jcmd ended with " + exit);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the heap was collected", stopped);
        }
        double bytes = new HubPages(hub.management()).metric("jvm_memory_used_bytes", "area=\"heap\"");
        return new Resources(threads, files, connections, leftovers, (long) bytes >> 20);
    }

    public static Resources of(Ground.Hub hub) throws IOException {
        String metrics = new HubPages(hub.management()).metrics();
        long threads =
                (long) HubPages.values(metrics, "jvm_threads_live_threads", "").sum();
        Map<String, Long> connections = new TreeMap<>();
        Matcher pool = POOL.matcher(metrics);
        while (pool.find()) {
            if (!pool.group(2).equals("0.0")) {
                connections.put(pool.group(1), (long) Double.parseDouble(pool.group(2)));
            }
        }
        return new Resources(threads, descriptors(hub.pid()), connections, leftovers(hub.temporary()), 0);
    }

    private static long descriptors(long pid) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return descriptors.count();
        }
    }

    private static long leftovers(Path temporary) throws IOException {
        try (Stream<Path> files = Files.walk(temporary)) {
            return files.filter(file -> file.toString().contains("isthmus-work"))
                    .filter(Files::isRegularFile)
                    .count();
        }
    }

    void compare(Resources now, Verdict verdict) {
        verdict.require(
                now.threads <= threads + THREADS_BREATHE, "%d threads, %d in the beginning", now.threads, threads);
        verdict.require(now.heap <= heap + HEAP_BREATHES, "%d MiB of heap, %d in the beginning", now.heap, heap);
        verdict.require(now.files <= files + FILES_BREATHE, "%d open files, %d in the beginning", now.files, files);
    }

    void check(Verdict verdict) {
        verdict.count("threads", threads);
        verdict.count("files", files);
        verdict.count("connections", connections);
        verdict.count("leftovers", leftovers);
        verdict.count("heap", heap);
        verdict.require(connections.isEmpty(), "connections are in use at rest: %s", connections);
        verdict.require(leftovers == 0, "%d files lie in the temporary folder at rest", leftovers);
    }

    static Resources read(Path file) throws IOException {
        JsonNode json = JSON.readTree(file.toFile());
        return new Resources(
                json.path("threads").asLong(),
                json.path("files").asLong(),
                Map.of(),
                json.path("leftovers").asLong(),
                json.path("heap").asLong());
    }

    void write(Path file) throws IOException {
        JSON.writeValue(file.toFile(), this);
    }
}
