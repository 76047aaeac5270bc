package isthmus.flow;

import com.jcraft.jsch.JSchHostKeyException;
import isthmus.source.Folder;
import isthmus.source.SourceAway;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.component.file.remote.SftpComponent;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.support.DefaultExchange;

/**
 * A folder over one connection of camel-ftp. The operations are used, not the consumer: the consumer believes a transfer
 * that ends early, lists the whole folder again for every file, and moves over what lies there.
 */
final class SftpFolder implements Folder {
    private final SftpEndpoint endpoint;
    private final RemoteFileOperations<?> operations;
    private final CamelContext context;
    private final Set<String> built = new HashSet<>();

    private SftpFolder(SftpEndpoint endpoint, CamelContext context) {
        this.endpoint = endpoint;
        this.context = context;
        operations = endpoint.createRemoteFileOperations();
    }

    /** Connects; refuses a server whose host key is not the pinned one. */
    static Folder open(Map<String, String> connection, Path into, CamelContext context) {
        String host = connection.getOrDefault("host", "");
        SftpConfiguration configuration = new SftpConfiguration();
        configuration.setHost(host);
        configuration.setPort(Integer.parseInt(connection.getOrDefault("port", "22")));
        configuration.setUsername(connection.get("user"));
        configuration.setPassword(connection.get("password"));
        String hostKey = connection.getOrDefault("hostKey", "") + "\n";
        configuration.setKnownHosts(hostKey.getBytes(StandardCharsets.UTF_8));
        configuration.setUseUserKnownHostsFile(false);
        configuration.setStrictHostKeyChecking("yes");
        configuration.setPreferredAuthentications("password");
        configuration.setFilenameEncoding("UTF-8");
        configuration.setStepwise(false);
        configuration.setConnectTimeout(millis(connection, "connectTimeout", "PT10S"));
        configuration.setSoTimeout(millis(connection, "readTimeout", "PT1M"));
        configuration.setTimeout(millis(connection, "readTimeout", "PT1M"));
        SftpComponent component = context.getComponent("sftp", SftpComponent.class);
        SftpEndpoint endpoint = new SftpEndpoint("sftp:" + host, component, configuration);
        endpoint.setCamelContext(context);
        endpoint.setLocalWorkDirectory(into.toString());
        endpoint.setMaximumReconnectAttempts(0);
        SftpFolder folder = new SftpFolder(endpoint, context);
        folder.trying("connect", () -> folder.operations.connect(configuration, null));
        return folder;
    }

    private static int millis(Map<String, String> connection, String key, String otherwise) {
        return Math.toIntExact(
                Duration.parse(connection.getOrDefault(key, otherwise)).toMillis());
    }

    @Override
    public List<Entry> list(String directory) {
        Object[] files = trying("list " + directory, () -> operations.listFiles(directory));
        List<Entry> entries = new ArrayList<>(files.length);
        for (Object listed : files) {
            SftpRemoteFile<?> file = (SftpRemoteFile<?>) listed;
            String name = file.getFilename();
            if (!name.equals(".") && !name.equals("..")) {
                boolean isFile = file.getLongname().startsWith("-");
                entries.add(new Entry(name, file.getFileLength(), file.getLastModified(), isFile));
            }
        }
        return entries;
    }

    @Override
    public boolean exists(String path) {
        return trying("look for a file", () -> operations.existsFile(path));
    }

    @Override
    public Path fetch(String directory, String name, Path into) {
        GenericFile<?> file = operations.newGenericFile();
        file.setRelativeFilePath(name);
        file.setFileName(name);
        file.setFileNameOnly(name);
        file.setAbsoluteFilePath(directory + "/" + name);
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty("CamelFileExchangeFile", file);
        boolean isFetched =
                trying("fetch " + name, () -> operations.retrieveFile(directory + "/" + name, exchange, -1));
        if (!isFetched) {
            throw new SourceAway(name + " is not there any more", null);
        }
        return into.resolve(name);
    }

    @Override
    public void rename(String from, String to) {
        String directory = to.substring(0, to.lastIndexOf('/'));
        if (built.add(directory)) {
            trying("make " + directory, () -> operations.buildDirectory(directory, true));
        }
        if (exists(to)) {
            throw new SourceAway("would overwrite " + to, null);
        }
        if (!trying("move " + from, () -> operations.renameFile(from, to))) {
            throw new SourceAway("cannot move " + from, null);
        }
    }

    @Override
    public void delete(String path) {
        trying("delete " + path, () -> operations.deleteFile(path));
    }

    private <T> T trying(String what, Supplier<T> operation) {
        try {
            return operation.get();
        } catch (GenericFileOperationFailedException fault) {
            boolean isStranger = fault.getCause() instanceof JSchHostKeyException;
            throw new SourceAway(
                    "cannot " + what + (isStranger ? ", the server's key is not hostKey in system.yaml" : ""), fault);
        }
    }

    @Override
    public void close() {
        trying("disconnect", () -> {
            operations.forceDisconnect();
            return true;
        });
        endpoint.stop();
    }
}
