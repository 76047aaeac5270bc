package isthmus.feed;

import isthmus.model.Reason;
import isthmus.store.ChangeLog;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many changes wait for Kafka, and whether the sources must pause: from the bound on, until four fifths of it are
 * reached again.
 */
public final class Backlog {
    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
    private static final long GLANCE = TimeUnit.SECONDS.toNanos(1);

    private final ChangeLog log;
    private final long bound;
    private long told = Long.MAX_VALUE;
    private long head;
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

    synchronized String sentence() {
        return "the sources pause: %,d events wait for Kafka, at most %,d may".formatted(waiting, bound);
    }

    private void look() {
        if (System.nanoTime() - seen >= GLANCE) {
            count(log.told(Relay.READER), log.head());
            boolean wasFull = full;
            full = full ? waiting > bound / 5 * 4 : waiting >= bound;
            seen = System.nanoTime();
            if (full != wasFull) {
                LOG.warn(
                        "{}: {}",
                        Reason.FEED_FULL.code(),
                        full ? sentence() : "the relay has caught up; sources go on");
            }
        }
    }

    /** Counts every entry once when it comes and once when it goes, however many wait in between. */
    private void count(long nowTold, long nowHead) {
        if (nowTold < told || nowHead < head) {
            waiting = log.events(nowTold, nowHead);
        } else {
            waiting += log.events(head, nowHead) - log.events(told, nowTold);
        }
        told = nowTold;
        head = nowHead;
    }
}
