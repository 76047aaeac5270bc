package isthmus.feed;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/** A real Kafka broker as a child process, from the jars that the build lays into target/demo-broker. */
public final class Broker implements AutoCloseable {
    private static final String CLUSTER = "MkU3OEVBNTcwNTJENDM2Qk";

    private final Path home;
    private final int port = free();
    private final int control = free();
    private Process process;

    public Broker() throws IOException, InterruptedException {
        this("");
    }

    /** @param more lines of server.properties */
    Broker(String more) throws IOException, InterruptedException {
        this("PLAINTEXT", more);
    }

    /** @param protocol PLAINTEXT, or SSL with what it needs in {@code more} */
    Broker(String protocol, String more) throws IOException, InterruptedException {
        home = Files.createTempDirectory("broker");
        Files.writeString(
                home.resolve("server.properties"), """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%1$d
                listeners=%4$s://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%1$d
                advertised.listeners=%4$s://127.0.0.1:%2$d
                inter.broker.listener.name=%4$s
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SSL:SSL,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=1
                auto.create.topics.enable=false
                log.cleaner.dedupe.buffer.size=4194304
                """.formatted(control, port, home.resolve("log"), protocol) + more);
        String settings = home.resolve("server.properties").toString();
        Process format = java("kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", settings);
        if (!format.waitFor(60, TimeUnit.SECONDS) || format.exitValue() != 0) {
            throw new IllegalStateException("the broker's storage cannot be formatted, see " + home);
        }
        process = start();
    }

    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    void startAgain() throws IOException {
        process = start();
    }

    @Override
    public void close() throws IOException {
        kill();
        FileSystemUtils.deleteRecursively(home);
    }

    private Process start() throws IOException {
        Process started = java("kafka.Kafka", home.resolve("server.properties").toString());
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(this::answers);
        return started;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private Process java(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Path.of("target", "demo-broker").toAbsolutePath() + File.separator + "*"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("broker.out").toFile()))
                .start();
    }

    private static int free() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
