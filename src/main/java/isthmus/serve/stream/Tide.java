package isthmus.serve.stream;

import isthmus.feed.FeedPages;
import isthmus.serve.Reads;
import isthmus.serve.Refused;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/** Wakes those who wait for the change log to grow; one look for all of them, and none while nobody waits. */
@Component
@ConditionalOnWebApplication
final class Tide implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tide.class);
    private static final Duration LOOKED_EVERY = Duration.ofMillis(100);

    private final Reads reads;
    private final FeedPages pages;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread looking = new Thread(work, "feed-tide");
        looking.setDaemon(true);
        return looking;
    });
    private int waiting;
    private long head;

    Tide(Reads reads, FeedPages pages) {
        this.reads = reads;
        this.pages = pages;
        long every = LOOKED_EVERY.toMillis();
        thread.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    /** Returns when the log has grown beyond a position, or after a while. */
    synchronized void await(long position, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        waiting++;
        try {
            long left = atMost.toMillis();
            while (head <= position && left > 0) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            }
        } finally {
            waiting--;
        }
    }

    private synchronized boolean isAwaited() {
        return waiting > 0;
    }

    private void look() {
        try {
            if (isAwaited()) {
                rise(reads.ask(pages::now).log());
            }
        } catch (Refused away) {
            LOG.debug("the log is looked at again", away);
        } catch (RuntimeException bug) {
            // A scheduled task that throws is never run again.
            LOG.error("a bug in the tide", bug);
        }
    }

    private synchronized void rise(long to) {
        head = to;
        notifyAll();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
