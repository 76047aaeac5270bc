package isthmus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import isthmus.Certificate;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL that speaks TLS; what the URL asks for reaches every pool. */
class StoreTlsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void theStoreIsAskedOverTlsAndMustProveWhoItIs() throws Exception {
        Certificate server = Certificate.in(folder.resolve("server"));
        Certificate other = Certificate.in(folder.resolve("other"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", server.pem().toString())
                .setServerConfig("ssl_key_file", server.key().toString())
                .start()) {
            String url =
                    "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?sslmode=verify-full&sslrootcert=";
            StoreBeans beans = new StoreBeans();

            assertThat(version(beans.storeDataSource(address(url + server.pem()), 1)))
                    .startsWith("TLSv1.");
            assertThat(version(beans.healthDataSource(address(url + server.pem()))))
                    .startsWith("TLSv1.");
            assertThat(version(beans.migrationDataSource(address(url + server.pem()), Duration.ofMinutes(1))))
                    .startsWith("TLSv1.");
            assertThatThrownBy(
                            () -> version(beans.migrationDataSource(address(url + other.pem()), Duration.ofMinutes(1))))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("SSL");
        }
    }

    private static StoreBeans.Address address(String url) {
        return new StoreBeans.Address(url, "postgres", "", Duration.ofSeconds(10), Duration.ofMinutes(2));
    }

    private static String version(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select version from pg_stat_ssl where pid = pg_backend_pid()")) {
            row.next();
            return String.valueOf(row.getString(1));
        } finally {
            if (source instanceof AutoCloseable pool) {
                try {
                    pool.close();
                } catch (Exception fault) {
                    throw new IllegalStateException(fault);
                }
            }
        }
    }
}
