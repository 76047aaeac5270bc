package isthmus.demo.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** The metering island: an SFTP server that shows {@code sftp/} as its root, with one user and a password. */
public final class SftpServer implements AutoCloseable {
    private static final String USER = "meter";

    private final SshServer server;
    private final String hostKey;
    private final String password;

    private SftpServer(SshServer server, String hostKey, String password) {
        this.server = server;
        this.hostKey = hostKey;
        this.password = password;
    }

    public static SftpServer start(Path dir, Secrets secrets) throws IOException {
        Path root = dir.toAbsolutePath().resolve("sftp");
        for (String folder : List.of("out", "archive", "refused")) {
            Files.createDirectories(root.resolve(folder));
        }
        String password = secrets.of("metering");
        var hostKeys = new SimpleGeneratorHostKeyProvider(dir.resolve("sftp-host-key"));
        hostKeys.setAlgorithm(KeyUtils.EC_ALGORITHM);
        hostKeys.setKeySize(256);
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(hostKeys);
        server.setPasswordAuthenticator((user, given, session) -> USER.equals(user) && password.equals(given));
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        var sftp = new SftpSubsystemFactory();
        sftp.setFileSystemAccessor(new NoOverwriting());
        server.setSubsystemFactories(List.of(sftp));
        server.start();
        return new SftpServer(server, hostKey(hostKeys), password);
    }

    private static String hostKey(SimpleGeneratorHostKeyProvider hostKeys) {
        KeyPair pair = hostKeys.loadKeys(null).iterator().next();
        return PublicKeyEntry.toString(pair.getPublic());
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return server.getPort();
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    /** The line of a known_hosts file that names this server. */
    public String knownHost() {
        return "[127.0.0.1]:" + port() + " " + hostKey;
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
