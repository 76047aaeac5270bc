package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F3: two hubs on one store from the start. */
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
}
