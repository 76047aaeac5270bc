package isthmus.flow;

import isthmus.catalog.LegacySystem;
import isthmus.model.Reason;
import isthmus.source.ContractBroken;
import isthmus.source.Folder;
import isthmus.source.SourceAway;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.component.file.remote.FtpComponent;
import org.apache.camel.component.file.remote.FtpConfiguration;
import org.apache.camel.component.file.remote.FtpEndpoint;
import org.apache.camel.component.file.remote.FtpsComponent;
import org.apache.camel.component.file.remote.FtpsConfiguration;
import org.apache.camel.component.file.remote.FtpsEndpoint;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPClientConfig;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPReply;
import org.apache.commons.net.ftp.FTPSClient;

/**
 * A folder over FTP, passive and binary, in clear text or inside TLS (explicit FTPS, control and data). Data connections
 * go to the server that was asked, whatever address its answer names.
 */
final class FtpFolder extends RemoteFolder {
    private final FTPClient client;

    private FtpFolder(FtpEndpoint<FTPFile> endpoint, RemoteFileOperations<FTPFile> operations, FTPClient client) {
        super(endpoint, operations);
        this.client = client;
    }

    /** Connects in clear text. */
    static Folder clear(LegacySystem system, Path into, CamelContext context) {
        FtpConfiguration configuration = new FtpConfiguration();
        FtpComponent component = context.getComponent("ftp", FtpComponent.class);
        return open(
                system,
                new FtpEndpoint<>("ftp:" + system.name(), component, configuration),
                new FTPClient(),
                into,
                context);
    }

    /** Connects with TLS 1.2 or newer; refuses a server whose certificate is not the pinned one. */
    static Folder secured(LegacySystem system, Path into, CamelContext context) {
        PinnedCertificate pin = new PinnedCertificate(system.connection().getOrDefault("certificate", ""));
        FTPSClient client = new FTPSClient(false);
        client.setTrustManager(pin);
        client.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        FtpsConfiguration configuration = new FtpsConfiguration();
        configuration.setExecPbsz(0L);
        configuration.setExecProt("P");
        FtpsComponent component = context.getComponent("ftps", FtpsComponent.class);
        FtpsEndpoint endpoint = new FtpsEndpoint("ftps:" + system.name(), component, configuration);
        try {
            return open(system, endpoint, client, into, context);
        } catch (SourceAway away) {
            String shown = pin.refused();
            throw shown == null
                    ? away
                    : new ContractBroken(
                            Reason.SOURCE_IDENTITY,
                            "the server shows certificate sha256:" + shown + ", which is not pinned");
        }
    }

    private static Folder open(
            LegacySystem system, FtpEndpoint<FTPFile> endpoint, FTPClient client, Path into, CamelContext context) {
        configure(endpoint.getConfiguration(), system.connection(), "21");
        endpoint.getConfiguration().setPassiveMode(true);
        endpoint.getConfiguration().setBinary(true);
        endpoint.setCamelContext(context);
        configure(endpoint, into);
        client.setControlEncoding("UTF-8");
        client.setIpAddressFromPasvResponse(false);
        client.setRemoteVerificationEnabled(true);
        endpoint.setFtpClient(client);
        // Without a system key the kind of listing is asked for; its times are the server's.
        FTPClientConfig listing = new FTPClientConfig("");
        listing.setServerTimeZoneId(system.zone().getId());
        endpoint.setFtpClientConfig(listing);
        FtpFolder folder = new FtpFolder(endpoint, operations(endpoint), client);
        try {
            folder.connect();
        } catch (SourceAway away) {
            int reply = client.getReplyCode();
            folder.close();
            throw isRefusal(reply) ? answered("connect", reply) : away;
        }
        return folder;
    }

    private static RemoteFileOperations<FTPFile> operations(FtpEndpoint<FTPFile> endpoint) {
        try {
            return endpoint.createRemoteFileOperations();
        } catch (Exception fault) {
            throw new IllegalStateException("the client of " + endpoint + " cannot be set up", fault);
        }
    }

    @Override
    public List<Entry> list(String directory) {
        Object[] files = listed(plain(directory));
        // camel-ftp and its client take a refused listing, or one that breaks off, for an empty or a short folder.
        if (!FTPReply.isPositiveCompletion(client.getReplyCode())) {
            throw refused("list " + directory);
        }
        List<Entry> entries = new ArrayList<>(files.length);
        for (Object listed : files) {
            FTPFile file = (FTPFile) listed;
            String name = file.getName();
            if (!name.equals(".") && !name.equals("..")) {
                entries.add(new Entry(name, file.getSize(), modified(file), file.isFile()));
            }
        }
        return entries;
    }

    private static long modified(FTPFile file) {
        return file.getTimestamp() == null ? 0 : file.getTimestamp().getTimeInMillis();
    }

    /** Asks for the one name: camel-ftp would fetch the names of the whole directory, and take a fault for an absence. */
    @Override
    public boolean exists(String path) {
        return trying("look for " + plain(path), () -> client.getSize(path) != null) || isDirectory(path);
    }

    private boolean isDirectory(String path) {
        return switch (client.getReplyCode()) {
            case FTPReply.FILE_UNAVAILABLE ->
                trying("look for " + path, () -> {
                    String here = client.printWorkingDirectory();
                    boolean isThere = client.changeWorkingDirectory(path);
                    return isThere && (here == null || client.changeWorkingDirectory(here));
                });
            case FTPReply.UNRECOGNIZED_COMMAND, FTPReply.COMMAND_NOT_IMPLEMENTED -> super.exists(path);
            default -> throw refused("look for " + path);
        };
    }

    @Override
    public Path fetch(String directory, String name, Path into) {
        try {
            return super.fetch(directory, plain(name), into);
        } catch (SourceAway away) {
            // camel-ftp tells whatever the server answers in the end as the absence of the file.
            int reply = client.getReplyCode();
            throw isRefusal(reply) && reply != FTPReply.FILE_UNAVAILABLE ? answered("fetch " + name, reply) : away;
        }
    }

    @Override
    public void rename(String from, String to) {
        super.rename(plain(from), plain(to));
    }

    @Override
    public void delete(String path) {
        super.delete(plain(path));
    }

    /** The end of a line is the end of an FTP command, so a name that holds one would begin another. */
    private static String plain(String path) {
        if (path.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a path with control characters");
        }
        return path;
    }

    private SourceAway refused(String what) {
        return answered(what, client.getReplyCode());
    }

    private static boolean isRefusal(int reply) {
        return FTPReply.isNegativeTransient(reply) || FTPReply.isNegativePermanent(reply);
    }

    private static SourceAway answered(String what, int reply) {
        return new SourceAway("cannot " + what + ": the server answers " + reply, null);
    }
}
