package isthmus.flow;

import com.jcraft.jsch.JSchHostKeyException;
import isthmus.model.Reason;
import isthmus.source.ContractBroken;
import isthmus.source.Folder;
import isthmus.source.SourceAway;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.file.remote.SftpComponent;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpRemoteFile;

/** A folder over SFTP; the server is the one whose host key is pinned, or it is refused. */
final class SftpFolder extends RemoteFolder {

    private SftpFolder(SftpEndpoint endpoint) {
        super(endpoint, endpoint.createRemoteFileOperations());
    }

    /** Connects; refuses a server whose host key is not the pinned one. */
    static Folder open(Map<String, String> connection, Path into, CamelContext context) {
        SftpConfiguration configuration = new SftpConfiguration();
        configure(configuration, connection, "22");
        String hostKey = connection.getOrDefault("hostKey", "") + "\n";
        configuration.setKnownHosts(hostKey.getBytes(StandardCharsets.UTF_8));
        configuration.setUseUserKnownHostsFile(false);
        configuration.setStrictHostKeyChecking("yes");
        configuration.setPreferredAuthentications("password");
        configuration.setFilenameEncoding("UTF-8");
        SftpComponent component = context.getComponent("sftp", SftpComponent.class);
        SftpEndpoint endpoint = new SftpEndpoint("sftp:" + configuration.getHost(), component, configuration);
        endpoint.setCamelContext(context);
        configure(endpoint, into);
        SftpFolder folder = new SftpFolder(endpoint);
        try {
            folder.connect();
        } catch (SourceAway away) {
            folder.close();
            throw isAboutTheHostKey(away)
                    ? new ContractBroken(
                            Reason.SOURCE_IDENTITY, "the server shows another host key than hostKey in system.yaml")
                    : away;
        }
        return folder;
    }

    private static boolean isAboutTheHostKey(Throwable fault) {
        for (Throwable at = fault; at != null; at = at.getCause()) {
            if (at instanceof JSchHostKeyException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<Entry> list(String directory) {
        Object[] files = listed(directory);
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
}
