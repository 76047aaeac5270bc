package isthmus.flow;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The place of one system in a Camel context. Pulls come and go; while its routes are exchanged none is under way: whoever
 * pulls is asked to break off before the next chunk, and goes on from there with what lies here then.
 */
final class Landing {
    private final String system;
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);
    private volatile boolean isWanted;
    private volatile @Nullable Edition edition;

    Landing(String system) {
        this.system = system;
    }

    /** What lies here, or null for nothing. */
    @Nullable
    Edition edition() {
        return edition;
    }

    /** Waits for an exchange that is under way; until {@link #leave} there will be no other. */
    @Nullable
    Edition enter() {
        gate.readLock().lock();
        return edition;
    }

    void leave() {
        gate.readLock().unlock();
    }

    /** Throws {@link BreakOff} when somebody waits to exchange the routes. */
    void mayGoOn() {
        if (isWanted) {
            throw new BreakOff();
        }
    }

    /**
     * Runs a change alone, and holds what it answers from then on; when it throws, all is as it was.
     *
     * @param patience how long a pull may take to its next chunk
     * @throws StillPulling when it takes longer; nothing has changed then
     */
    void exchange(Duration patience, Change change) throws Exception {
        isWanted = true;
        try {
            if (!gate.writeLock().tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StillPulling("a pull of " + system + " has waited longer than " + patience
                        + " for its next chunk; ask again later");
            }
            try {
                edition = change.from(edition);
            } finally {
                gate.writeLock().unlock();
            }
        } finally {
            isWanted = false;
        }
    }

    /** What lies here afterwards, made of what lay here before. */
    interface Change {
        @Nullable
        Edition from(@Nullable Edition former) throws Exception;
    }

    /** The pull ends here for a moment; nothing has failed. */
    static final class BreakOff extends RuntimeException {
        static boolean isBehind(Throwable thrown) {
            for (Throwable fault = thrown; fault != null; fault = fault.getCause()) {
                if (fault instanceof BreakOff) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A pull neither ends nor brings a chunk. */
    static final class StillPulling extends RuntimeException {
        StillPulling(String why) {
            super(why);
        }
    }
}
