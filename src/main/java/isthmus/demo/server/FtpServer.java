package isthmus.demo.server;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/**
 * The metering island over FTP: passive only, names in UTF-8, a rename never over another file; over explicit FTPS with a
 * certificate of its own, for control and data.
 */
public final class FtpServer implements FileServer {
    private final org.apache.ftpserver.FtpServer server;
    private final Listener listener;
    private final Berth berth;
    private final String password;
    private final Map<String, String> identity;

    private FtpServer(
            org.apache.ftpserver.FtpServer server,
            Listener listener,
            Berth berth,
            String password,
            Map<String, String> identity) {
        this.server = server;
        this.listener = listener;
        this.berth = berth;
        this.password = password;
        this.identity = identity;
    }

    public static FtpServer start(Path dir, Secrets secrets, boolean secured, Berth berth) throws IOException {
        String password = secrets.of("metering");
        ListenerFactory listeners = new ListenerFactory();
        listeners.setServerAddress(berth.address());
        listeners.setPort(Ports.free());
        DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
        data.setActiveEnabled(false);
        data.setPassiveAddress(berth.address());
        data.setPassiveExternalAddress(InetAddress.getByName(berth.host()).getHostAddress());
        Map<String, String> identity = Map.of("METERING_TRANSPORT", "ftp", "METERING_INSECURE", "true");
        if (secured) {
            SelfSigned certificate = SelfSigned.in(dir, secrets);
            SslConfigurationFactory tls = new SslConfigurationFactory();
            tls.setKeystoreFile(certificate.store().toFile());
            tls.setKeystoreType("PKCS12");
            tls.setKeystorePassword(certificate.password());
            tls.setSslProtocol("TLSv1.2", "TLSv1.3");
            var configuration = tls.createSslConfiguration();
            listeners.setSslConfiguration(configuration);
            data.setSslConfiguration(configuration);
            identity = Map.of("METERING_TRANSPORT", "ftps", "METERING_CERTIFICATE", certificate.fingerprint());
        }
        listeners.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
        Listener listener = listeners.createListener();
        FtpServerFactory servers = new FtpServerFactory();
        servers.addListener("default", listener);
        ConnectionConfigFactory connections = new ConnectionConfigFactory();
        connections.setAnonymousLoginEnabled(false);
        servers.setConnectionConfig(connections.createConnectionConfig());
        try {
            var users = new PropertiesUserManagerFactory().createUserManager();
            users.save(user(password, FileServer.root(dir)));
            servers.setUserManager(users);
            org.apache.ftpserver.FtpServer server = servers.createServer();
            server.start();
            return new FtpServer(server, listener, berth, password, identity);
        } catch (FtpException fault) {
            throw new IOException("the FTP server does not start", fault);
        }
    }

    private static BaseUser user(String password, Path root) {
        BaseUser user = new BaseUser();
        user.setName(USER);
        user.setPassword(password);
        user.setHomeDirectory(root.toString());
        user.setAuthorities(List.of(new WritePermission()));
        return user;
    }

    @Override
    public String host() {
        return berth.host();
    }

    @Override
    public int port() {
        return listener.getPort();
    }

    @Override
    public String password() {
        return password;
    }

    @Override
    public Map<String, String> identity() {
        return identity;
    }

    @Override
    public void close() {
        server.stop();
    }
}
