package isthmus.demo.server;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** The metering island over SFTP. */
public final class SftpServer implements FileServer {
    private final SshServer server;
    private final Berth berth;
    private final String hostKey;
    private final String password;

    private SftpServer(SshServer server, Berth berth, String hostKey, String password) {
        this.server = server;
        this.berth = berth;
        this.hostKey = hostKey;
        this.password = password;
    }

    public static SftpServer start(Path dir, Secrets secrets, Berth berth) throws IOException {
        Path root = FileServer.root(dir);
        String password = secrets.of("metering");
        var hostKeys = new SimpleGeneratorHostKeyProvider(dir.resolve("sftp-host-key"));
        hostKeys.setAlgorithm(KeyUtils.EC_ALGORITHM);
        hostKeys.setKeySize(256);
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost(berth.address());
        server.setPort(0);
        server.setKeyPairProvider(hostKeys);
        server.setPasswordAuthenticator((user, given, session) -> USER.equals(user) && password.equals(given));
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        var sftp = new SftpSubsystemFactory();
        sftp.setFileSystemAccessor(new NoOverwriting());
        server.setSubsystemFactories(List.of(sftp));
        server.start();
        return new SftpServer(server, berth, hostKey(hostKeys), password);
    }

    private static String hostKey(SimpleGeneratorHostKeyProvider hostKeys) {
        KeyPair pair = hostKeys.loadKeys(null).iterator().next();
        return PublicKeyEntry.toString(pair.getPublic());
    }

    @Override
    public String host() {
        return berth.host();
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public String password() {
        return password;
    }

    /** The line of a known_hosts file that names this server. */
    String knownHost() {
        return "[" + host() + "]:" + port() + " " + hostKey;
    }

    @Override
    public Map<String, String> identity() {
        return Map.of("METERING_TRANSPORT", "sftp", "METERING_HOST_KEY", knownHost());
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
