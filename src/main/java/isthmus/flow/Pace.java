package isthmus.flow;

import java.util.concurrent.TimeUnit;

/** Holds a reader to so many records a second, counted from its first. */
final class Pace {
    private final int perSecond;
    private long begun;
    private long read;

    /** @param perSecond 0 for as fast as it goes */
    Pace(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Waits until so many more may have been read. */
    void keep(int more) {
        if (perSecond == 0) {
            return;
        }
        long now = System.nanoTime();
        begun = read == 0 ? now : begun;
        read += more;
        long due = begun + (long) (read * 1e9 / perSecond);
        try {
            TimeUnit.NANOSECONDS.sleep(due - now);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while it kept its pace", stopped);
        }
    }
}
