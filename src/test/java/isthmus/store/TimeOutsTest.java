package isthmus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import isthmus.Silence;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TimeOutsTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final Store store = Store.fresh();

    @Test
    void givesUpAStoreThatTakesTheConnectionAndNeverAnswers() throws Exception {
        try (Silence silence = new Silence()) {
            assertThatThrownBy(() -> open(silence)).hasCauseInstanceOf(SQLException.class);
        }
    }

    @Test
    void givesUpAStatementOnAHalfOpenLinkAndFindsTheStoreAgain() throws Exception {
        try (Silence link = new Silence(port());
                HikariDataSource pool = open(link)) {
            try (Connection connection = pool.getConnection()) {
                link.fall();

                assertThatThrownBy(() -> connection.createStatement().execute("select 1"))
                        .isInstanceOf(SQLException.class);
                assertThat(connection.isValid(1)).isFalse();
            }
            assertThatThrownBy(pool::getConnection).isInstanceOf(SQLException.class);
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    @Test
    void aMigrationIsPatientAndStillNotForEver() throws Exception {
        try (Silence silence = new Silence()) {
            String url = "jdbc:postgresql://127.0.0.1:" + silence.port() + "/x";
            var source = new StoreBeans().migrationDataSource(address(url), SHORT);

            assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);
        }
        var real = new StoreBeans().migrationDataSource(address(store.url()), Duration.ofHours(1));
        try (Connection connection = real.getConnection()) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(3_600_000);
        }
    }

    private HikariDataSource open(Silence link) {
        String url = store.url().replace(":" + port() + "/", ":" + link.port() + "/");
        return (HikariDataSource) new StoreBeans().storeDataSource(address(url), 2);
    }

    private static StoreBeans.Address address(String url) {
        return new StoreBeans.Address(url, "postgres", "", SHORT, SHORT);
    }

    private int port() {
        return URI.create(store.url().substring("jdbc:".length())).getPort();
    }
}
