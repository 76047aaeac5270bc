package isthmus.flow;

import isthmus.demo.server.Berth;
import isthmus.demo.server.FileServer;
import isthmus.demo.server.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The demo's metering island, over whichever transfer. */
final class Island implements AutoCloseable {
    final Path root;
    final FileServer server;

    Island(String transfer, Path dir) throws IOException {
        root = FileServer.root(dir);
        server = FileServer.start(transfer, dir, Secrets.in(dir), Berth.LOCAL);
    }

    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(server.identity());
        environment.put("METERING_HOST", server.host());
        environment.put("METERING_PORT", Integer.toString(server.port()));
        environment.put("METERING_USER", server.user());
        environment.put("METERING_PASSWORD", server.password());
        return environment;
    }

    /** Lays a file down with its done-marker. */
    void put(String name, String text) throws IOException {
        Files.write(root.resolve("out").resolve(name), text.getBytes(Sftp.GB18030));
        Files.write(root.resolve("out").resolve(name + ".done"), new byte[0]);
    }

    List<String> names(String directory) throws IOException {
        try (Stream<Path> paths = Files.list(root.resolve(directory))) {
            return paths.map(path -> String.valueOf(path.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
