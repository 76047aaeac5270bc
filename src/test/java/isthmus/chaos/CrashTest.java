package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.chaos.check.IsthmusCheck;
import isthmus.chaos.check.Verdict;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F1: the hub is killed, at named points and at any moment, and goes on as if nothing had been. */
class CrashTest {
    private static final int KILLED = 137;

    @Test
    @Tag("chaos")
    void aHubThatIsKilledAtAnyNamedPointLosesAndDoublesNothing() throws Exception {
        try (Stage stage = Stage.open(7, 200, 2)) {
            String[] points = {
                "in-file:1",
                "in-file:3",
                "before-move:1",
                "after-upsert:4",
                "before-commit:3",
                "after-commit:3",
                "after-send:2"
            };
            for (String point : points) {
                String[] parts = point.split(":");
                HubProcess hub = stage.hubThatHalts(parts[0], Integer.parseInt(parts[1]));
                assertThat(hub.awaitEnd()).as(point + "\n" + hub.log()).isEqualTo(KILLED);
                assertThat(hub.log()).contains("crash point " + parts[0]);
                System.out.println("F1: halted at " + point);
                midway(stage, point);
            }
            finish(stage, "seven named points");
            Seeds.tell("F1", points.length, "halts at named points");
        }
    }

    /** Fifty, or as many as {@code -Dchaos.kills=} says. */
    @Test
    @Tag("chaos")
    void aHubThatIsKilledAtManyRandomMomentsLosesAndDoublesNothing() throws Exception {
        killAtRandomMoments(Integer.getInteger("chaos.kills", 50));
    }

    @Test
    @Tag("chaos-sample")
    void aHubThatIsKilledAtTwoRandomMomentsLosesAndDoublesNothing() throws Exception {
        killAtRandomMoments(2);
    }

    /** Kills over one world; whenever a first pull has come to its end, it is checked and everything begins anew. */
    private static void killAtRandomMoments(int kills) throws Exception {
        Random random = Seeds.of("F1");
        int rounds = 0;
        int inStart = 0;
        try (Stage stage = Stage.open(random.nextInt(1000), 200, 2)) {
            HubProcess first = stage.hub();
            stage.awaitRunAfter(0);
            long began = System.nanoTime();
            stage.awaitWholeSince(0);
            long pull = (System.nanoTime() - began) / 1_000_000;
            first.kill();
            System.out.println("F1: an undisturbed first pull takes " + pull + " ms");
            stage.beginAgain();
            for (int kill = 1; kill <= kills; kill++) {
                long run = Math.max(0, stage.newestRun());
                HubProcess hub = stage.hub();
                boolean early = random.nextInt(10) == 0;
                if (early) {
                    inStart++;
                } else {
                    stage.awaitRunAfter(run);
                }
                // More often early, so that a first pull has many kills before it comes to its end.
                double share = random.nextDouble();
                long moment = early ? random.nextInt(4_000) : Math.round(share * share * pull * 2 / 3);
                Seeds.aMoment(moment);
                boolean isWhole = stage.isWholeSince(run);
                hub.kill();
                System.out.printf(
                        "F1: kill %d %s %d ms%s%n",
                        kill, early ? "in the start at" : "in the pull at", moment, isWhole ? ", after its end" : "");
                midway(stage, "kill " + kill);
                if (isWhole || kill == kills) {
                    rounds++;
                    finish(stage, "kill " + kill);
                    if (kill < kills) {
                        stage.beginAgain();
                    }
                }
            }
            Seeds.tell(
                    "F1",
                    kills,
                    "SIGKILLs at random moments, " + inStart + " of them in the start, in " + rounds
                            + " first pulls of " + pull + " ms");
        }
    }

    /** Cheap invariants, that hold at any moment. */
    private static void midway(Stage stage, String after) throws Exception {
        if (stage.newestRun() > 0) {
            for (Verdict verdict : IsthmusCheck.midway(stage.ground())) {
                assertThat(verdict.holds()).as("%s: %s", after, verdict).isTrue();
            }
        }
    }

    /** Both tides to their end, then everything is looked at. */
    private static void finish(Stage stage, String after) throws Exception {
        HubProcess hub = stage.hub().awaitUp();
        stage.awaitWhole();
        stage.tide();
        stage.awaitWhole();
        stage.check(after, hub);
        assertThat(hub.end()).isEqualTo(HubProcess.TERMINATED);
    }
}
