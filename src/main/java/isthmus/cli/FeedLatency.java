package isthmus.cli;

import isthmus.store.Tally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * How long a change takes from the store's commit to a Kafka consumer, while bills come in evenly at half of what the hub
 * has just carried at full speed.
 */
final class FeedLatency {
    private static final double SHARE = 0.5;
    private static final double LEAST_REACHED = 0.95;
    private static final double LONGEST_SECONDS = 1;
    private static final String AT_FULL_SPEED = "2025-01-01";
    private static final String EVENLY = "2035-01-01";
    private static final String CHUNK = "\"chunk\":";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration NOTHING_CAME = Duration.ofMillis(100);
    /** Rows become due in slices of this, so the last of them a slice before the time for all of them is over. */
    private static final double SLICE_SECONDS = 0.25;

    private final BenchSite site;
    private final int rows;

    /** @param site of {@link BenchJob#BILLS} */
    FeedLatency(BenchSite site, int rows) {
        this.site = site;
        this.rows = rows;
    }

    /**
     * What was met.
     *
     * @param fullSpeed records a second, pull and feed together, with nothing to wait for
     * @param offered records a second, by the schedule
     * @param laid records a second that came to lie at the source; less than was offered where the machine is too busy for that
     * @param reached records a second from the first event to the last; less than was laid where the hub falls behind
     */
    record Measured(
            long events,
            double fullSpeed,
            double offered,
            double laid,
            double reached,
            double p50Seconds,
            double p99Seconds) {
        boolean isSound() {
            return reached >= LEAST_REACHED * offered && p99Seconds < LONGEST_SECONDS;
        }
    }

    /** An event as it was heard; {@code chunk} is the transaction of the store that it comes from. */
    private record Heard(long chunk, Instant at) {}

    Measured measure() throws IOException, InterruptedException, SQLException {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (FullPath path = new FullPath(Home.here(), site.islands().environment(), BenchJob.BILLS.entity)) {
            path.relay();
            double fullSpeed = fullSpeed(path);
            double offered = fullSpeed * SHARE;
            var consumer = path.listener();
            Future<List<Heard>> listening = threads.submit(() -> listen(consumer));
            Future<Instant> laying = threads.submit(() -> {
                Cargo.layEvenly(site.directory(), rows, EVENLY, offered);
                return Instant.now();
            });
            Instant laid = pullWhile(laying, path);
            List<Heard> heard = listening.get(PATIENCE.toMinutes(), TimeUnit.MINUTES);
            return measured(heard, fullSpeed, offered, laid);
        } catch (ExecutionException fault) {
            throw new Refusal(Exit.CHECK_FAILED, "The feed could not be listened to: " + fault.getCause());
        } catch (TimeoutException lost) {
            throw new Refusal(
                    Exit.CHECK_FAILED, "Not every change was heard within " + PATIENCE + " of the last pull.");
        } finally {
            threads.shutdownNow();
        }
    }

    private double fullSpeed(FullPath path) throws IOException, InterruptedException {
        Cargo.lay(site.directory(), BenchJob.BILLS.cargo, rows, AT_FULL_SPEED);
        long from = System.nanoTime();
        Tally tally = path.pass();
        return tally.applied() * 1e9 / (System.nanoTime() - from);
    }

    /** Again and again, so that rows wait at the source for hardly longer than a pull takes. */
    private static Instant pullWhile(Future<Instant> laying, FullPath path)
            throws InterruptedException, ExecutionException {
        boolean isLast;
        do {
            isLast = laying.isDone();
            if (path.pull().applied() == 0) {
                Thread.sleep(NOTHING_CAME.toMillis());
            }
        } while (!isLast);
        return laying.get();
    }

    private List<Heard> listen(KafkaConsumer<byte[], byte[]> consumer) {
        List<Heard> heard = new ArrayList<>(rows);
        try (consumer) {
            while (heard.size() < rows && !Thread.currentThread().isInterrupted()) {
                for (ConsumerRecord<byte[], byte[]> event : consumer.poll(POLL)) {
                    heard.add(new Heard(chunk(event.value()), Instant.now()));
                }
            }
        }
        return heard;
    }

    /** The first of this name is the event's own: before it there are only attributes. */
    private static long chunk(byte[] event) {
        String text = new String(event, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(CHUNK) + CHUNK.length();
        return Long.parseLong(text.substring(at, text.indexOf(',', at)));
    }

    private Measured measured(List<Heard> heard, double fullSpeed, double offered, Instant laid) throws SQLException {
        Map<Long, Instant> commits = commits();
        double[] seconds = heard.stream()
                .mapToDouble(event -> seconds(Objects.requireNonNull(commits.get(event.chunk())), event.at()))
                .sorted()
                .toArray();
        Instant first = heard.get(0).at();
        Instant last = heard.get(heard.size() - 1).at();
        return new Measured(
                seconds.length,
                fullSpeed,
                offered,
                seconds.length / (seconds(first, laid) + SLICE_SECONDS),
                seconds.length / (seconds(first, last) + SLICE_SECONDS),
                seconds[seconds.length / 2],
                seconds[(int) (seconds.length * 99L / 100)]);
    }

    private static double seconds(Instant from, Instant until) {
        return Duration.between(from, until).toNanos() / 1e9;
    }

    /** When the store has committed each chunk of the log, by its own clock, which is that of this machine. */
    private Map<Long, Instant> commits() throws SQLException {
        Map<Long, Instant> commits = new HashMap<>();
        try (Connection store = site.store();
                var statement = store.createStatement();
                ResultSet row = statement.executeQuery("select chunk, pg_xact_commit_timestamp(xmin) from chunk_log")) {
            while (row.next()) {
                commits.put(
                        row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant());
            }
        }
        return commits;
    }
}
