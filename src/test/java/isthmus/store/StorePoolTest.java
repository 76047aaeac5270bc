package isthmus.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class StorePoolTest {
    private final Store store = Store.fresh();

    @Test
    void givesBackEveryConnectionThatTheRelayAsksThePositionWith() throws SQLException {
        try (HikariDataSource pool = pool(2)) {
            ChangeLog log = new ChangeLog(pool);

            for (int start = 0; start < 3; start++) {
                assertThat(log.told("kafka")).isZero();
            }

            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    @Test
    void asksForCommitsThatAreWrittenBeforeTheyAreAcknowledged() throws SQLException {
        store.sql
                .sql("alter database " + database() + " set synchronous_commit = off")
                .update();
        assertThat(store.sql.sql("show synchronous_commit").query(String.class).single())
                .isEqualTo("off");

        try (HikariDataSource pool = pool(1)) {
            String commits = JdbcClient.create(pool)
                    .sql("show synchronous_commit")
                    .query(String.class)
                    .single();

            assertThat(commits).isEqualTo("on");
        }
    }

    @Test
    void whoAsksFromOutsideIsCutOffAfterTheTimeoutAlsoBehindARollback() throws SQLException {
        try (HikariDataSource pool = (HikariDataSource)
                        new StoreBeans().serveDataSource(address(), 1, Duration.ofSeconds(2), Duration.ofSeconds(7));
                Connection connection = pool.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.rollback();

            try (ResultSet row = connection.createStatement().executeQuery("show statement_timeout")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("7s");
            }
        }
    }

    private HikariDataSource pool(int size) throws SQLException {
        return (HikariDataSource) new StoreBeans().storeDataSource(address(), size);
    }

    private StoreBeans.Address address() throws SQLException {
        return new StoreBeans.Address(store.url(), "postgres", "", Duration.ofSeconds(10), Duration.ofMinutes(2));
    }

    private String database() {
        return store.sql.sql("select current_database()").query(String.class).single();
    }
}
