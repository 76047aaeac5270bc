package isthmus.flow;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** A metering file server with its three directories. */
public final class Sftp implements AutoCloseable {
    public static final Charset GB18030 = Charset.forName("GB18030");

    public final Path root;
    private final SshServer server = SshServer.setUpDefaultServer();
    private final String hostKey;
    public final AtomicInteger keyExchanges = new AtomicInteger();

    public Sftp(Path root) throws IOException {
        this.root = root;
        for (String directory : List.of("out", "archive", "refused")) {
            Files.createDirectories(root.resolve(directory));
        }
        var keys = new SimpleGeneratorHostKeyProvider();
        keys.setAlgorithm(KeyUtils.EC_ALGORITHM);
        keys.setKeySize(256);
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(keys);
        server.setPasswordAuthenticator((user, password, session) -> password.equals("secret"));
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.start();
        hostKey = PublicKeyEntry.toString(keys.loadKeys(null).iterator().next().getPublic());
    }

    /** Every session makes new keys after so many bytes. */
    public void rekeyEvery(long bytes) {
        CoreModuleProperties.REKEY_BYTES_LIMIT.set(server, bytes);
        server.addSessionListener(new SessionListener() {
            @Override
            public void sessionEvent(Session session, Event event) {
                if (event == Event.KexCompleted) {
                    keyExchanges.incrementAndGet();
                }
            }
        });
    }

    public Map<String, String> environment() {
        return environment(hostKey);
    }

    public Map<String, String> environment(String hostKey) {
        return environment(hostKey, server.getPort());
    }

    /** As seen through another port. */
    public Map<String, String> through(int port) {
        return environment(hostKey, port);
    }

    public int port() {
        return server.getPort();
    }

    private static Map<String, String> environment(String hostKey, int port) {
        return Map.of(
                "METERING_HOST", "127.0.0.1",
                "METERING_PORT", Integer.toString(port),
                "METERING_USER", "meter",
                "METERING_PASSWORD", "secret",
                "METERING_HOST_KEY", "[127.0.0.1]:" + port + " " + hostKey);
    }

    /** Lays a file down with its done-marker. */
    public void put(String name, byte[] bytes) throws IOException {
        Files.write(root.resolve("out").resolve(name), bytes);
        Files.write(root.resolve("out").resolve(name + ".done"), new byte[0]);
    }

    public void put(String name, String text) throws IOException {
        put(name, text.getBytes(GB18030));
    }

    public List<String> names(String directory) throws IOException {
        try (Stream<Path> paths = Files.list(root.resolve(directory))) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** A file of register readings with a sound frame. */
    public static String readings(String... lines) {
        java.math.BigDecimal sum = java.math.BigDecimal.ZERO;
        for (String line : lines) {
            // A quoted line tells no plain number in the place of its total here.
            String[] fields = line.contains("\"") ? new String[0] : line.split(",", -1);
            if (fields.length > 6 && fields[6].matches("-?[0-9]+(\\.[0-9]+)?")) {
                sum = sum.add(new java.math.BigDecimal(fields[6]));
            }
        }
        return "H,日冻结示数,READ,20261101,20261102013000\n" + String.join("\n", lines) + "\nT," + lines.length + ","
                + sum.toPlainString() + "\n";
    }

    public static String reading(String asset, String total) {
        return "D," + asset + ",M1,2026-11-01 00:00:00,2,1," + total + ",1.00,2.00,40";
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
