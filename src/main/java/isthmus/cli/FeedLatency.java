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
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * How long a change takes from the store's commit to a Kafka consumer, while the hub takes bills in evenly, chunk by chunk on a
 * schedule, at half of what it has just carried at full speed.
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
     * @param reached records a second behind the first chunk; less than was offered where the hub falls behind the schedule
     */
    record Measured(
            long events, double fullSpeed, double offered, double reached, double p50Seconds, double p99Seconds) {
        boolean isSound() {
            return reached >= LEAST_REACHED * offered && p99Seconds < LONGEST_SECONDS;
        }
    }

    /** An event as it was heard; {@code chunk} is the transaction of the store that it comes from. */
    private record Heard(long chunk, Instant at) {}

    Measured measure() throws IOException, InterruptedException, SQLException {
        ExecutorService ears = Executors.newSingleThreadExecutor();
        try (FullPath path = new FullPath(Home.here(), site.islands().environment(), BenchJob.BILLS.entity)) {
            path.relay();
            double fullSpeed = fullSpeed(path);
            Cargo.lay(site.directory(), BenchJob.BILLS.cargo, rows, EVENLY);
            var consumer = path.listener();
            Future<List<Heard>> listening = ears.submit(() -> listen(consumer));
            double offered = fullSpeed * SHARE;
            path.pass(new Schedule(offered));
            List<Heard> heard = listening.get(PATIENCE.toMinutes(), TimeUnit.MINUTES);
            return measured(heard, fullSpeed, offered);
        } catch (ExecutionException fault) {
            throw new Refusal(Exit.CHECK_FAILED, "The feed could not be listened to: " + fault.getCause());
        } catch (TimeoutException lost) {
            throw new Refusal(Exit.CHECK_FAILED, "Not every change was heard within " + PATIENCE + " of their pull.");
        } finally {
            ears.shutdownNow();
        }
    }

    private double fullSpeed(FullPath path) throws IOException, InterruptedException {
        Cargo.lay(site.directory(), BenchJob.BILLS.cargo, rows, AT_FULL_SPEED);
        long from = System.nanoTime();
        Tally tally = path.pass();
        return tally.applied() * 1e9 / (System.nanoTime() - from);
    }

    /** Lets the next chunk begin when the pieces until now are due; what is late already does not wait. */
    private static final class Schedule implements LongConsumer {
        private final double perSecond;
        private final long begin = System.nanoTime();
        private long pieces;

        Schedule(double perSecond) {
            this.perSecond = perSecond;
        }

        @Override
        public void accept(long more) {
            pieces += more;
            long due = begin + (long) (pieces * 1e9 / perSecond);
            LockSupport.parkNanos(due - System.nanoTime());
        }
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

    private Measured measured(List<Heard> heard, double fullSpeed, double offered) throws SQLException {
        Map<Long, Instant> commits = commits();
        double[] seconds = heard.stream()
                .mapToDouble(event -> seconds(Objects.requireNonNull(commits.get(event.chunk())), event.at()))
                .sorted()
                .toArray();
        // The clock starts with the first chunk, so that is not among what came since.
        Heard first = heard.get(0);
        Heard last = heard.get(heard.size() - 1);
        long since =
                heard.stream().filter(event -> event.chunk() != first.chunk()).count();
        return new Measured(
                seconds.length,
                fullSpeed,
                offered,
                since / seconds(first.at(), last.at()),
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
