package isthmus.demo.server;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One Kafka broker that is its own controller, in a JVM of its own; its log and cluster id are in {@code kafka/}. */
public final class KafkaServer implements AutoCloseable {
    private final ServerProcess process;
    private final int port;

    private KafkaServer(ServerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The broker's jars are apart from ours, whose client is of another version. */
    public static KafkaServer start(Path dir, Path brokerLib, Secrets secrets) throws IOException {
        if (!Files.isDirectory(brokerLib)) {
            throw new IOException("no broker jars in " + brokerLib);
        }
        Path data = Files.createDirectories(dir.toAbsolutePath().resolve("kafka"));
        Path log = Files.createDirectories(dir.resolve("log")).resolve("kafka.log");
        Path pidFile = Files.createDirectories(dir.resolve("pid")).resolve("kafka");
        int port = Ports.free();
        Path properties = data.resolve("server.properties");
        Files.writeString(properties, properties(data, port, Ports.free()));
        if (Files.notExists(data.resolve("log/meta.properties"))) {
            List<String> format = java(brokerLib, "kafka.tools.StorageTool");
            format.addAll(
                    List.of("format", "--cluster-id", secrets.of("kafka-cluster"), "--config", properties.toString()));
            ServerProcess.run(format, data, Redirect.PIPE, log);
        }
        List<String> serve = java(brokerLib, "kafka.Kafka");
        serve.add(properties.toString());
        var process = ServerProcess.start(serve, data, log, pidFile);
        try {
            process.awaitPort(port);
        } catch (IOException e) {
            process.close();
            throw e;
        }
        return new KafkaServer(process, port);
    }

    private static List<String> java(Path brokerLib, String main) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                brokerLib.toAbsolutePath() + "/*",
                main));
    }

    /** Small buffers, because the default cleaner alone wants 128 MB of a heap of 160. */
    private static String properties(Path data, int port, int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                log.dirs=%3$s/log
                log.cleaner.dedupe.buffer.size=4194304
                log.segment.bytes=67108864
                log.retention.ms=-1
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                """.formatted(port, controllerPort, data);
    }

    /** {@code 127.0.0.1:port}. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
