package isthmus.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * One of the islands' servers as the machine sees it: found by its pid file, killed, frozen and thawed by signals, and
 * started again by the very command line that {@code /proc} remembers of it.
 */
final class Server implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("(?:--port=|\\u0000-p\\u0000|PLAINTEXT://127.0.0.1:)([0-9]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path data;
    private final String name;
    private final List<String> command;
    private final Path directory;
    private final int port;
    private long pid;
    private Process again;

    private Server(Path data, String name) throws IOException {
        this.data = data;
        this.name = name;
        pid = Long.parseLong(Files.readString(data.resolve("pid").resolve(name)).split(" ")[0]);
        String line = Files.readString(proc("cmdline"));
        command = new ArrayList<>(List.of(line.split("\0")));
        directory = Files.readSymbolicLink(proc("cwd"));
        port = port(line);
    }

    /** @param name {@code postgres}, {@code kafka} or {@code mariadb} */
    static Server of(Path data, String name) throws IOException {
        return new Server(data, name);
    }

    private int port(String line) throws IOException {
        String text = name.equals("kafka") ? Files.readString(data.resolve("kafka/server.properties")) : line;
        Matcher matcher = PORT.matcher(text);
        if (!matcher.find()) {
            throw new IOException("no port of " + name + " in " + text.replace('\0', ' '));
        }
        return Integer.parseInt(matcher.group(1));
    }

    int port() {
        return port;
    }

    /** Another line in the broker's properties, from its next start on. */
    void set(String property, String value) throws IOException {
        Path properties = data.resolve("kafka/server.properties");
        String others = Files.readAllLines(properties).stream()
                .filter(line -> !line.startsWith(property + "="))
                .collect(Collectors.joining("\n"));
        Files.writeString(properties, others + "\n" + property + "=" + value + "\n");
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }

    /** SIGKILL; returns when the process and its children are gone. */
    void kill() throws IOException {
        List<ProcessHandle> family = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .toList();
        signal("KILL");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> !isAlive(pid) && family.stream().noneMatch(child -> isAlive(child.pid())));
    }

    void freeze() throws IOException {
        signal("STOP");
    }

    void thaw() throws IOException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException {
        Signals.send(pid, signal);
    }

    /** The same command again, on the same port; returns when it listens. */
    void startAgain() throws IOException {
        List<String> line = new ArrayList<>();
        // A dead postmaster that nobody has waited for yet still looks alive to its successor.
        Files.deleteIfExists(directory.resolve("postmaster.pid"));
        if (name.equals("postgres") && "root".equals(System.getProperty("user.name"))) {
            // PostgreSQL refuses to be root; in a user namespace of its own it is nobody.
            line.addAll(List.of("unshare", "-U"));
        }
        line.addAll(command);
        Path log = data.resolve("log").resolve(name + ".log");
        again = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        pid = again.pid();
        Process mine = again;
        Runtime.getRuntime().addShutdownHook(new Thread(mine::destroyForcibly));
        Awaitility.await().atMost(PATIENCE).until(() -> listens() || !mine.isAlive());
        if (!mine.isAlive()) {
            String text = Files.readString(log);
            throw new IOException(
                    name + " does not start again: " + text.substring(Math.max(0, text.length() - 1_000)));
        }
    }

    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** A process that nobody has waited for is dead all the same. */
    private static boolean isAlive(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }

    /** Ends what was started again here; the islands end what they started themselves. */
    @Override
    public void close() throws IOException {
        if (again != null && again.isAlive()) {
            signal("CONT");
            signal(name.equals("postgres") ? "INT" : "TERM");
            Awaitility.await().atMost(PATIENCE).until(() -> !again.isAlive());
        }
    }
}
