package isthmus.demo.server;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/** Renames only to names that are free, even for clients that ask for posix-rename, which takes a name from its file. */
final class NoOverwriting implements SftpFileSystemAccessor {
    @Override
    public void renameFile(SftpSubsystemProxy subsystem, Path from, Path to, Collection<CopyOption> options)
            throws IOException {
        SftpFileSystemAccessor.super.renameFile(subsystem, from, to, Set.of());
    }
}
