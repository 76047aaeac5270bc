package isthmus.demo.server;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a server's process when this one is gone, however it went: a small shell holds our pipe and acts when it closes. */
final class Tether implements AutoCloseable {
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            read -r word && exit 0
            kill -s "$2" "$1" || exit 0
            n=0
            while kill -0 "$1" && [ $n -lt 15 ]; do sleep 1; n=$((n + 1)); done
            kill -s KILL "$1"
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final OutputStream rope;
    private final Path pidFile;

    private Tether(OutputStream rope, Path pidFile) {
        this.rope = rope;
        this.pidFile = pidFile;
    }

    /** Ties the process; the signal is the one that it takes for an orderly end. */
    static Tether tie(ProcessHandle server, String signal, Path pidFile) throws IOException {
        Files.writeString(pidFile, identity(server));
        Process shell = new ProcessBuilder("sh", "-c", SCRIPT, "tether", Long.toString(server.pid()), signal)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        return new Tether(shell.getOutputStream(), pidFile);
    }

    /** Waits until the server that an earlier process left behind on the same data has ended. */
    static void awaitEarlier(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        String earlier = Files.readString(pidFile);
        var left = ProcessHandle.of(Long.parseLong(earlier.substring(0, earlier.indexOf(' '))))
                .filter(process -> identity(process).equals(earlier));
        if (left.isPresent()) {
            awaitEnd(left.get(), PATIENCE);
        }
        Files.deleteIfExists(pidFile);
    }

    static void awaitEnd(ProcessHandle process, Duration patience) throws IOException {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException("process " + process.pid() + " does not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for process " + process.pid(), e);
        }
    }

    /** A process id alone may have been given to somebody else since. */
    private static String identity(ProcessHandle process) {
        return process.pid() + " "
                + process.info().startInstant().map(Object::toString).orElse("");
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(pidFile);
        try (rope) {
            rope.write("done\n".getBytes(StandardCharsets.US_ASCII));
        }
    }
}
