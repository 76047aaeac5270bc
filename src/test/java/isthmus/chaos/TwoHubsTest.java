package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F2 and F3: two hubs on one store, from the start or because the first was frozen. */
@Tag("chaos")
class TwoHubsTest {

    @Test
    void twoHubsThatStartAtOnceDoubleNothing() throws Exception {
        Random random = Seeds.of("F3");
        try (Stage stage = Stage.open(random.nextInt(1000), 200, 2)) {
            HubProcess one = stage.hub();
            HubProcess two = stage.hub();
            stage.awaitRunAfter(0);
            stage.awaitWhole();
            stage.tide();
            stage.awaitWhole();
            assertThat(one.isAlive()).isTrue();
            assertThat(two.isAlive()).isTrue();
            stage.check("two hubs at once", null);
            System.out.println("F3: one says\n" + one.sample("WARN|ERROR"));
            Seeds.tell("F3", 1, "two hubs started at once");
        }
    }

    @Test
    void aHubThatWasFrozenWritesNothingAfterAnotherHasTakenOver() throws Exception {
        Random random = Seeds.of("F2");
        int frozen = 3;
        try (Stage stage = Stage.open(random.nextInt(1000), 200, 2)) {
            for (int time = 1; time <= frozen; time++) {
                // given a hub that is frozen in the middle of its work
                HubProcess one = stage.hub().awaitUp();
                long begun = stage.newestRun();
                stage.awaitRunAfter(Math.max(0, begun));
                Seeds.aMoment(random.nextInt(1_500));
                one.freeze();
                long last = stage.newestRun();

                // when another has taken over and everything is whole again
                HubProcess two = stage.hub();
                stage.awaitRunAfter(last);
                if (time == frozen) {
                    stage.tide();
                }
                stage.awaitWhole();
                long chunks = stage.number("select max(chunk) from chunk");
                one.thaw();

                // then the first notices, and has not written a row under its old runs
                one.awaitLog("FENCED|STORE-AWAY");
                stage.awaitWhole();
                assertThat(stage.number("select count(*) from chunk where chunk > " + chunks + " and run <= " + last))
                        .isZero();
                System.out.println("F2: the frozen one says\n" + one.sample("WARN|ERROR"));
                one.kill();
                two.kill();
            }
            HubProcess last = stage.hub().awaitUp();
            stage.awaitWhole();
            stage.check("a hub was frozen " + frozen + " times", last);
            Seeds.tell("F2", frozen, "SIGSTOPs with take-over, the frozen hub continued");
        }
    }
}
