package isthmus.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * How long a change takes from the store to a Kafka consumer, while bills come in at full speed and the hub rests as long
 * after each load as the load took: at half its speed on the whole. Counted from when the store's transaction began, so never
 * too short.
 */
final class FeedLatency {
    private static final LocalDate DAY = LocalDate.of(2025, 1, 1);
    private static final int LOADS = 10;
    private static final String RECORDED = "\"recordedtime\":\"";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Path directory;
    private final Map<String, Object> environment;
    private final int rows;

    FeedLatency(Path directory, Map<String, Object> environment, int rows) {
        this.directory = directory;
        this.environment = environment;
        this.rows = Math.max(1, rows / LOADS) * LOADS;
    }

    /** @param seconds from the first load until the last event was met, the rests included */
    record Measured(long events, double seconds, double p50Seconds, double p99Seconds) {
        double perSecond() {
            return events / seconds;
        }
    }

    Measured measure() throws IOException, InterruptedException {
        ExecutorService ears = Executors.newSingleThreadExecutor();
        try (FullPath path = new FullPath(Home.here(), environment, BenchJob.BILLS.entity)) {
            path.relay();
            var consumer = path.listener();
            Future<List<Double>> heard = ears.submit(() -> listen(consumer));
            long begin = System.nanoTime();
            for (int load = 0; load < LOADS; load++) {
                Cargo.lay(
                        directory,
                        BenchJob.BILLS.cargo,
                        rows / LOADS,
                        DAY.plusYears(10L * load).toString());
                long from = System.nanoTime();
                path.pass();
                Thread.sleep(Duration.ofNanos(System.nanoTime() - from).toMillis());
            }
            List<Double> seconds = heard.get(PATIENCE.toMinutes(), TimeUnit.MINUTES);
            double all = (System.nanoTime() - begin) / 1e9;
            seconds.sort(null);
            return new Measured(
                    seconds.size(), all, seconds.get(seconds.size() / 2), seconds.get(seconds.size() * 99 / 100));
        } catch (ExecutionException fault) {
            throw new Refusal(Exit.CHECK_FAILED, "The feed could not be listened to: " + fault.getCause());
        } catch (TimeoutException lost) {
            throw new Refusal(
                    Exit.CHECK_FAILED, "Not every change was heard within " + PATIENCE + " of the last load.");
        } finally {
            ears.shutdownNow();
        }
    }

    private List<Double> listen(KafkaConsumer<byte[], byte[]> consumer) {
        List<Double> seconds = new ArrayList<>(rows);
        try (consumer) {
            while (seconds.size() < rows && !Thread.currentThread().isInterrupted()) {
                for (ConsumerRecord<byte[], byte[]> event : consumer.poll(POLL)) {
                    seconds.add(Duration.between(recorded(event.value()), Instant.now())
                                    .toMillis()
                            / 1e3);
                }
            }
        }
        return seconds;
    }

    /** The attribute stands in the head of an event, before what may look like it. */
    private static Instant recorded(byte[] event) {
        String text = new String(event, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(RECORDED) + RECORDED.length();
        return Instant.parse(text.substring(at, text.indexOf('"', at)));
    }
}
