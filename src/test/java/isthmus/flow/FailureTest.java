package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Reason;
import java.net.SocketException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void aPoolThatGetsNoConnectionIsTheSourceAwayWhateverStateItCopies() {
        SQLException last =
                new SQLException("Connection.setNetworkTimeout cannot be called on a closed connection", "42000", -1);

        Failure failure = Failure.of(new SQLTransientConnectionException("no connection", "42000", -1, last));

        assertThat(failure.reason()).isEqualTo(Reason.SOURCE_AWAY);
        assertThat(failure.isWorthRetrying()).isTrue();
        assertThat(failure.text()).isEqualTo("no connection to the database in time");
    }

    @Test
    void whatTheNetworkSaysIsToldAndWhatTheDriverSaysIsNot() {
        SQLException cut = new SQLNonTransientConnectionException(
                "row ('3301', '张三')", "08000", -1, new SocketException("Connection reset"));

        assertThat(Failure.of(cut).text()).isEqualTo("SQLState 08000, error -1: SocketException Connection reset");
    }
}
