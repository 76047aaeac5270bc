package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Reason;
import java.net.SocketException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class FailureTest {
    private static final SQLException FULL = new SQLException(
            "ERROR: could not extend file \"base/1/2\": No space left on device\n  Hint: Check free disk space.",
            "53100");

    @Test
    void namesTheStoresDiskWhenAChunkDoesNotFit() {
        var failure = Failure.of(new Intake.StoreAway(new DataAccessResourceFailureException("store", FULL)));

        assertThat(failure.reason()).isEqualTo(Reason.STORE_AWAY);
        assertThat(failure.text())
                .endsWith("53100, ERROR: could not extend file \"base/1/2\": No space left on device");
    }

    @Test
    void doesNotBlameTheSourceForTheStoresLedgerOfFiles() {
        var failure = Failure.of(new DataAccessResourceFailureException("insert into arrival", FULL));

        assertThat(failure.reason()).isEqualTo(Reason.STORE_AWAY);
        assertThat(failure.text()).contains("No space left on device").doesNotContain("arrival");
    }

    @Test
    void blamesTheSourceForItsOwnDatabase() {
        assertThat(Failure.of(new IllegalStateException(FULL)).reason()).isEqualTo(Reason.SOURCE_AWAY);
    }

    @Test
    void tellsNothingThatTheStoreSaysOfARow() {
        var row = new SQLException("ERROR: invalid value, Detail: (name)=(Zhang San)", "22P02");
        var failure = Failure.of(new Intake.StoreAway(new DataAccessResourceFailureException("store", row)));

        assertThat(failure.text()).doesNotContain("Zhang");
    }

    @Test
    void namesTheCauseOfABugAndNotWhatCarriedIt() {
        var failure = Failure.of(new IllegalStateException("carrier", new NoClassDefFoundError("com/example/Gone")));

        assertThat(failure.reason()).isEqualTo(Reason.CONFIG);
        assertThat(failure.text()).contains("NoClassDefFoundError");
    }

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
