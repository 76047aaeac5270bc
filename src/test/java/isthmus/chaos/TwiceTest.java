package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** I2: all that was ever read is read again, and nothing becomes of it. */
@Tag("chaos")
class TwiceTest {
    private static final String CHANGES = "select count(*) from change";
    private static final String RECORDS = "select count(*) from record";

    @Test
    void theWholeInputAppliedTwiceChangesNothingAndTellsNothing() throws Exception {
        Random random = Seeds.of("I2");
        try (Stage stage = Stage.open(random.nextInt(1000), 200, 2)) {
            // given a world that has been read whole, with its second tide
            HubProcess first = stage.hub();
            stage.awaitWholeSince(0);
            stage.tide();
            stage.awaitWhole();
            assertThat(first.end()).isEqualTo(HubProcess.TERMINATED);
            long changes = stage.number(CHANGES);
            long records = stage.number(RECORDS);
            long run = stage.newestRun();

            // when a hub that remembers nothing of it reads everything again
            stage.forgetWhatWasRead();
            HubProcess second = stage.hub();
            stage.awaitWholeSince(run);
            stage.tide();
            stage.awaitWhole();

            // then it was read, and no row and no event is new
            assertThat(stage.number("select count(*) from arrival")).isPositive();
            assertThat(stage.number(RECORDS)).isEqualTo(records);
            assertThat(stage.number(CHANGES)).isEqualTo(changes);
            stage.check("everything was read twice", second);
            Seeds.tell(
                    "I2",
                    1,
                    "everything read again: %d records, %d changes before and after".formatted(records, changes));
        }
    }
}
