package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F8: the store is killed under the hub's hands and comes back; nobody touches the hub. */
class StoreAwayTest {

    @Test
    @Tag("chaos")
    void aStoreThatIsKilledTenTimesNeedsNoHand() throws Exception {
        killTheStore(10);
    }

    @Test
    @Tag("chaos-sample")
    void aStoreThatIsKilledOnceNeedsNoHand() throws Exception {
        killTheStore(1);
    }

    private static void killTheStore(int kills) throws Exception {
        Random random = Seeds.of("F8");
        try (Stage stage = Stage.open(random.nextInt(1000), 200, 2)) {
            Server store = stage.server("postgres");
            HubProcess hub = stage.hub();
            stage.awaitRunAfter(0);
            for (int kill = 1; kill <= kills; kill++) {
                Seeds.aMoment(random.nextInt(1_500));
                store.kill();
                if (kill == 1) {
                    String trouble = hub.awaitTrouble("store", "STORE-AWAY").toString();
                    System.out.println("F8: health says " + trouble);
                    assertThat(hub.isAlive()).isTrue();
                }
                store.startAgain();
                stage.awaitStore();
            }
            stage.awaitWhole();
            stage.tide();
            stage.awaitWhole();
            hub.awaitStatus("UP");
            Path before = stage.root().resolve("before.json");
            stage.check("the store was killed " + kills + " times", hub, before, null);
            if (kills > 1) {
                store.kill();
                hub.awaitTrouble("store", "STORE-AWAY");
                store.startAgain();
                stage.awaitStore();
                stage.awaitWhole();
                hub.awaitStatus("UP");
                stage.check("one kill more left nothing behind in the hub", hub, before, null);
            }
            System.out.println("F8: the log says\n" + hub.sample("WARN|ERROR"));
            Seeds.tell("F8", kills, "SIGKILLs of the store, one hub all the time");
        }
    }
}
