package isthmus.feed;

import isthmus.store.ChangeLog;
import java.util.concurrent.TimeUnit;

/**
 * How many changes wait for Kafka, and whether the sources must pause: from the bound on, until four fifths of it are
 * reached again.
 */
public final class Backlog {
    private static final long GLANCE = TimeUnit.SECONDS.toNanos(1);

    private final ChangeLog log;
    private final long bound;
    private long waiting;
    private long seen = System.nanoTime() - GLANCE;
    private boolean full;

    /** @param bound in events */
    public Backlog(ChangeLog log, long bound) {
        this.log = log;
        this.bound = bound;
    }

    /** Throws {@link FeedFull} while the sources must pause; costs a glance at the log a second. */
    public void admit() {
        if (isFull()) {
            throw new FeedFull(sentence());
        }
    }

    /** Whether the sources pause. */
    public synchronized boolean isFull() {
        look();
        return full;
    }

    /** Events that Kafka has not acknowledged. */
    public synchronized long waiting() {
        look();
        return waiting;
    }

    String sentence() {
        return "the sources pause: %,d events wait for Kafka, at most %,d may".formatted(waiting(), bound);
    }

    private void look() {
        if (System.nanoTime() - seen >= GLANCE) {
            waiting = log.waiting(Relay.READER);
            full = full ? waiting > bound / 5 * 4 : waiting >= bound;
            seen = System.nanoTime();
        }
    }
}
