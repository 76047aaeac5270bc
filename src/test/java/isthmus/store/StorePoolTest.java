package isthmus.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
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
    void whoAsksFromOutsideGetsAConnectionBetweenTwoTransactionsWithItsTimeOut() throws SQLException {
        Duration patience = Duration.ofSeconds(10);
        try (HikariDataSource pool = (HikariDataSource) new StoreBeans()
                        .serveDataSource(
                                store.url(), "postgres", "", patience, patience, 1, patience, Duration.ofSeconds(7));
                Connection connection = pool.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);

            try (var row = connection.createStatement().executeQuery("show statement_timeout")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("7s");
            }
        }
    }

    private HikariDataSource pool(int size) throws SQLException {
        return (HikariDataSource) new StoreBeans()
                .storeDataSource(store.url(), "postgres", "", size, Duration.ofSeconds(10), Duration.ofMinutes(2));
    }

    private String database() {
        return store.sql.sql("select current_database()").query(String.class).single();
    }
}
