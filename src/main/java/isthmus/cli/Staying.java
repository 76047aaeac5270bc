package isthmus.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds a command until the process is asked to end (SIGINT, SIGTERM), and the end of the process until the command has put
 * everything away: open it before the servers, so that it is closed after them.
 */
final class Staying implements AutoCloseable {
    private static final long PUTTING_AWAY_TAKES_AT_MOST_SECONDS = 90;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch away = new CountDownLatch(1);

    Staying() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end"));
    }

    void untilAskedToEnd() throws InterruptedException {
        asked.await();
    }

    private void end() {
        asked.countDown();
        try {
            away.await(PUTTING_AWAY_TAKES_AT_MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        away.countDown();
    }
}
