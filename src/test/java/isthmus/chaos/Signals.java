package isthmus.chaos;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Sends a signal to one process by its id. */
final class Signals {
    private Signals() {}

    static void send(long pid, String signal) throws IOException {
        Process kill = new ProcessBuilder("kill", "-s", signal, Long.toString(pid)).start();
        try {
            if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IOException("cannot send " + signal + " to " + pid);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }
}
