package isthmus.flow;

import isthmus.source.Folder;
import isthmus.source.SourceAway;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.camel.component.file.remote.RemoteFileEndpoint;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.support.DefaultExchange;

/**
 * A folder over one connection of camel-ftp. The operations are used, not the consumer: the consumer believes a transfer
 * that ends early, lists the whole folder again for every file, and moves over what lies there.
 */
abstract class RemoteFolder implements Folder {
    private final RemoteFileEndpoint<?> endpoint;
    private final RemoteFileOperations<?> operations;
    private final Set<String> built = new HashSet<>();

    RemoteFolder(RemoteFileEndpoint<?> endpoint, RemoteFileOperations<?> operations) {
        this.endpoint = endpoint;
        this.operations = operations;
    }

    /** Fills in what every transport needs to know, with time-outs for connecting, for answers and for data. */
    static void configure(RemoteFileConfiguration configuration, Map<String, String> connection, String port) {
        configuration.setHost(connection.getOrDefault("host", ""));
        configuration.setPort(Integer.parseInt(connection.getOrDefault("port", port)));
        configuration.setUsername(connection.get("user"));
        configuration.setPassword(connection.get("password"));
        configuration.setStepwise(false);
        configuration.setConnectTimeout(millis(connection, "connectTimeout", "PT10S"));
        configuration.setSoTimeout(millis(connection, "readTimeout", "PT1M"));
        configuration.setTimeout(millis(connection, "readTimeout", "PT1M"));
    }

    /** Files are fetched whole into a local folder before anybody looks at them; the pull, not Camel, tries again. */
    static void configure(RemoteFileEndpoint<?> endpoint, Path into) {
        endpoint.setLocalWorkDirectory(into.toString());
        endpoint.setMaximumReconnectAttempts(0);
        endpoint.setReconnectDelay(0);
    }

    private static int millis(Map<String, String> connection, String key, String otherwise) {
        return Math.toIntExact(
                Duration.parse(connection.getOrDefault(key, otherwise)).toMillis());
    }

    void connect() {
        trying("connect", () -> operations.connect(endpoint.getConfiguration(), null));
    }

    Object[] listed(String directory) {
        return trying("list " + directory, () -> operations.listFiles(directory));
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
        Exchange exchange = new DefaultExchange(endpoint.getCamelContext());
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
        if (!trying("delete " + path, () -> operations.deleteFile(path)) && exists(path)) {
            throw new SourceAway("cannot delete " + path, null);
        }
    }

    /** Something asked of the far side. */
    interface Asking<T> {
        T ask() throws IOException;
    }

    static <T> T trying(String what, Asking<T> asking) {
        try {
            return asking.ask();
        } catch (GenericFileOperationFailedException | IOException fault) {
            throw new SourceAway("cannot " + what, fault);
        }
    }

    @Override
    public void close() {
        try {
            operations.forceDisconnect();
        } catch (GenericFileOperationFailedException gone) {
            // The far side has hung up first; there is nothing left to close.
        } finally {
            endpoint.stop();
        }
    }
}
