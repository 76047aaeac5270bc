package isthmus.flow;

import java.time.Duration;

/**
 * How often and how patiently a pull is tried again.
 *
 * @param retries after the first attempt without progress
 * @param first pause; each further one doubles it, up to {@code longest}
 */
record Backoff(int retries, Duration first, Duration longest) {
    public static final Backoff DEFAULT = new Backoff(5, Duration.ofMillis(500), Duration.ofSeconds(10));

    /** Waits before a retry, 1-based; false, and the thread still interrupted, when it was told to stop. */
    boolean pause(int retry) {
        return sleep(before(retry));
    }

    /** The same for a pause of one length. */
    static boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Duration before(int retry) {
        Duration pause = first.multipliedBy(1L << Math.min(retry - 1, 20));
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
