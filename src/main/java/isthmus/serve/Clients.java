package isthmus.serve;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often each client may still ask. The table is bounded: who has not asked for longest is forgotten, and begins anew. */
final class Clients {
    private final int most;
    private final long rate;
    private final long burst;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > most;
        }
    };

    /**
     * @param most clients that are remembered
     * @param rate questions a second
     * @param burst questions at once, of one that was silent before
     */
    Clients(int most, long rate, long burst) {
        this.most = most;
        this.rate = rate;
        this.burst = Math.max(rate, burst);
    }

    /** Counts a question, or says how long it must wait. */
    ConsumptionProbe ask(String client) {
        return bucket(client).tryConsumeAndReturnRemaining(1);
    }

    private synchronized Bucket bucket(String client) {
        return buckets.computeIfAbsent(
                client,
                unknown -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(burst).refillGreedy(rate, Duration.ofSeconds(1)))
                        .build());
    }

    synchronized int known() {
        return buckets.size();
    }
}
