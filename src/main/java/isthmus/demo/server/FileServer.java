package isthmus.demo.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The metering island: a server of files that shows {@code sftp/} as its root, to one user with a password. */
public interface FileServer extends AutoCloseable {
    String USER = "meter";

    /** Serves over {@code sftp}, {@code ftp} or {@code ftps}. */
    static FileServer start(String transfer, Path dir, Secrets secrets, Berth berth) throws IOException {
        return switch (transfer) {
            case "sftp" -> SftpServer.start(dir, secrets, berth);
            case "ftp" -> FtpServer.start(dir, secrets, false, berth);
            case "ftps" -> FtpServer.start(dir, secrets, true, berth);
            default -> throw new IllegalArgumentException("--transfer is sftp, ftp or ftps, not " + transfer);
        };
    }

    /** The root with its directories. */
    static Path root(Path dir) throws IOException {
        Path root = dir.toAbsolutePath().resolve("sftp");
        for (String folder : List.of("out", "archive", "refused")) {
            Files.createDirectories(root.resolve(folder));
        }
        return root;
    }

    String host();

    int port();

    default String user() {
        return USER;
    }

    String password();

    /** How it is spoken to and how it proves who it is, by the names of the hub's environment variables. */
    Map<String, String> identity();

    @Override
    void close() throws IOException;
}
