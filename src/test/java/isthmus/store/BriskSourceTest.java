package isthmus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Whoever only asks how the store is does not wait for it. */
class BriskSourceTest {

    @Test
    void letsOneWaitForAStoreThatIsAwayAndTellsTheNextAtOnce() throws IOException {
        try (BriskSource source = new BriskSource(config("jdbc:postgresql://127.0.0.1:" + nobodysPort() + "/x"))) {
            assertThatThrownBy(source::getConnection)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("timed out");

            assertThatThrownBy(source::getConnection)
                    .hasMessage("the store was just away")
                    .hasRootCauseMessage("Connection refused");
        }
    }

    @Test
    void givesConnectionsToAStoreThatAnswers() throws SQLException {
        try (BriskSource source = new BriskSource(config(Store.fresh().url()));
                Connection connection = source.getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    private static HikariConfig config(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setInitializationFailTimeout(-1);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(300);
        return config;
    }

    private static int nobodysPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
