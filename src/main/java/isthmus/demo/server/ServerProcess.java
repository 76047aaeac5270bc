package isthmus.demo.server;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, whose noise goes to a log file and which ends with this process. */
final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration END = Duration.ofSeconds(20);

    private final Process process;
    private final Tether tether;
    private final Path log;

    private ServerProcess(Process process, Tether tether, Path log) {
        this.process = process;
        this.tether = tether;
        this.log = log;
    }

    static ServerProcess start(List<String> command, Path workingDirectory, Path log, Path pidFile) throws IOException {
        Tether.awaitEarlier(pidFile);
        Process process = builder(command, workingDirectory, log).start();
        process.getOutputStream().close();
        return new ServerProcess(process, Tether.tie(process.toHandle(), "TERM", pidFile), log);
    }

    /** Runs a command to its end, with the file (if it is not the null device) as its input. */
    static void run(List<String> command, Path workingDirectory, Redirect input, Path log) throws IOException {
        Process process =
                builder(command, workingDirectory, log).redirectInput(input).start();
        try {
            if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(command.get(0) + " failed: " + tail(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + command.get(0), e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static ProcessBuilder builder(List<String> command, Path workingDirectory, Path log) {
        return new ProcessBuilder(command)
                .directory(workingDirectory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()));
    }

    /** Returns when somebody listens at the port; fails with the end of the log when the process ends before. */
    void awaitPort(int port) throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!listens(port)) {
            if (ends(Duration.ofMillis(50))) {
                throw new IOException("ended with " + process.exitValue() + ": " + tail(log));
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("does not listen at port " + port + ": " + tail(log));
            }
        }
    }

    private boolean ends(Duration patience) throws IOException {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a server", e);
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String tail(Path log) throws IOException {
        byte[] all = Files.readAllBytes(log);
        int from = Math.max(0, all.length - 2_000);
        return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try (tether) {
            if (!ends(END)) {
                process.destroyForcibly();
            }
        }
    }
}
