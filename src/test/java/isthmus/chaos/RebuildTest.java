package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import isthmus.chaos.check.Ear;
import isthmus.chaos.check.Rebuilt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two downstream systems that have nothing but the feed, one over Kafka and one over HTTP, each end up with the very bytes of
 * the store, sealed over Kafka and opened over HTTP, though hub and broker are killed while they listen.
 */
class RebuildTest {

    @Test
    @Tag("chaos")
    void theStoreIsRebuiltFromTheFeedAloneThroughRestartsOfHubAndBroker() throws Exception {
        Random random = Seeds.of("REBUILD");
        int rounds = 3;
        try (Stage stage = Stage.open(random.nextInt(1000), 200, 2)) {
            Server broker = stage.server("kafka");
            AtomicReference<HubProcess> hub = new AtomicReference<>(stage.hub().awaitUp());
            String kafka = stage.ground().environment().get("ISTHMUS_KAFKA");
            try (Ear overKafka = Ear.onKafka(kafka);
                    Ear overHttp = Ear.onHttp(() -> hub.get().service())) {
                // when hub and broker are killed in turns while everything is read and told
                for (int round = 0; round < rounds; round++) {
                    Seeds.aMoment(random.nextInt(3_000));
                    hub.get().kill();
                    hub.set(stage.hub());
                    Seeds.aMoment(random.nextInt(3_000));
                    broker.kill();
                    broker.startAgain();
                    hub.get().awaitUp();
                }
                stage.awaitWhole();
                stage.tide();
                stage.awaitWhole();

                // then both have what the store has
                String store = Rebuilt.hashOfStore(stage.ground());
                String inClear = Rebuilt.hashOfStoreInClear(stage.ground());
                await("the Kafka consumer has the store")
                        .atMost(Stage.PATIENCE)
                        .until(() -> overKafka.rebuilt().hash().equals(store));
                await("the HTTP client has the store")
                        .atMost(Stage.PATIENCE)
                        .until(() -> overHttp.rebuilt().hash().equals(inClear));
                assertThat(overKafka.rebuilt().size()).isPositive();
                System.out.printf(
                        "REBUILD: %d records over Kafka, %d over HTTP, sha256 %s%n",
                        overKafka.rebuilt().size(), overHttp.rebuilt().size(), store);
            }
            Seeds.tell("REBUILD", 2 * rounds, "hub and broker killed in turns while two consumers listen");
        }
    }
}
