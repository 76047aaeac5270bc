package isthmus.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.demo.data.WorldOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The directory that holds everything the islands keep, locked for one process at a time. */
final class DataDirectory implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> WORLD = List.of("sftp", "crm", "tide", "truth.jsonl.gz", "truth", "faults.json");

    /** The environment as a properties file; it is there for as long as the servers are. */
    private static final String FOR_A_HUB = "hub.properties";

    private final Path dir;
    private final FileChannel lock;

    private DataDirectory(Path dir, FileChannel lock) {
        this.dir = dir;
        this.lock = lock;
    }

    /** Opens our own directory or an empty one; refuses any other, because a world half written is deleted. */
    static DataDirectory open(Path dir) throws IOException {
        Files.createDirectories(dir);
        Path real = dir.toRealPath();
        Path lockFile = real.resolve("islands.lock");
        try (var files = Files.list(real)) {
            if (Files.notExists(lockFile) && files.anyMatch(file -> !file.endsWith("log"))) {
                throw new IOException(real + " holds other things than islands");
            }
        }
        // Passwords are kept here.
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwx------"));
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                Files.deleteIfExists(real.resolve(FOR_A_HUB));
                return new DataDirectory(real, channel);
            }
        } catch (OverlappingFileLockException heldByUs) {
            channel.close();
            throw new IOException(real + " is in use by this process", heldByUs);
        }
        channel.close();
        throw new IOException(real + " is in use by another process");
    }

    Path path() {
        return dir;
    }

    /** The world that was written here whole, if one was. */
    Optional<WorldOptions> world() throws IOException {
        Path file = dir.resolve("islands.json");
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        JsonNode state = JSON.readTree(file.toFile());
        return Optional.of(new WorldOptions(
                state.path("seed").asLong(),
                state.path("scale").asInt(),
                state.path("days").asInt(),
                state.path("faults").asText()));
    }

    /** How the files of readings were served the last time; {@code sftp} where nobody said. */
    String transfer() throws IOException {
        Path file = dir.resolve("islands.json");
        String kept = Files.exists(file)
                ? JSON.readTree(file.toFile()).at("/env/METERING_TRANSPORT").asText()
                : "";
        return kept.isEmpty() ? "sftp" : kept;
    }

    /** Deletes what a world left that was not finished. */
    void clear() throws IOException {
        for (String name : WORLD) {
            Path part = dir.resolve(name);
            if (Files.exists(part)) {
                try (var files = Files.walk(part)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    /** Says, in one atomic step each, how a hub reaches the islands, and that the world is whole. */
    Path publish(WorldOptions world, Map<String, String> environment) throws IOException {
        Properties properties = new Properties();
        properties.putAll(environment);
        Path unfinished = dir.resolve(FOR_A_HUB + ".new");
        try (var writer = Files.newBufferedWriter(unfinished)) {
            properties.store(writer, null);
        }
        Files.move(
                unfinished,
                dir.resolve(FOR_A_HUB),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        ObjectNode state = JSON.createObjectNode();
        state.put("pid", ProcessHandle.current().pid());
        state.set("env", JSON.valueToTree(environment));
        state.put("truth", dir.resolve("truth.jsonl.gz").toString());
        state.put("seed", world.seed());
        state.put("scale", world.scale());
        state.put("days", world.days());
        state.put("faults", world.faults());
        Path file = dir.resolve("islands.json");
        Path written = dir.resolve("islands.json.new");
        JSON.writerWithDefaultPrettyPrinter().writeValue(written.toFile(), state);
        return Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(dir.resolve(FOR_A_HUB));
        lock.close();
    }
}
