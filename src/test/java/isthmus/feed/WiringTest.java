package isthmus.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import isthmus.model.Reason;
import isthmus.store.Cargo;
import isthmus.store.ChunkStore;
import isthmus.store.Runs;
import isthmus.store.Store;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

class WiringTest {
    private final Store store = Store.fresh();
    /** With Spring Boot's own conversions, as the hub has them: settings are durations too. */
    private final ApplicationContextRunner hub = new ApplicationContextRunner()
            .withInitializer(context ->
                    context.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance()))
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withUserConfiguration(Rooms.class)
            .withPropertyValues(
                    "isthmus.store.url=" + store.url(), "isthmus.store.user=postgres", "isthmus.kafka=127.0.0.1:1");

    @Configuration
    @ComponentScan({"isthmus.store", "isthmus.feed"})
    static class Rooms {}

    @Test
    void countsByOutcomeAndReasonAndShowsTheLag() {
        hub.run(context -> {
            long run = context.getBean(Runs.class).begin("billing", "command");
            context.getBean(ChunkStore.class)
                    .commit(Cargo.chunk(
                            run,
                            "bill",
                            List.of(Cargo.accepted(Cargo.bill("a", 1, "1.00")), Cargo.refused(Reason.DATE_INVALID)),
                            null,
                            null));
            MeterRegistry meters = context.getBean(MeterRegistry.class);

            assertThat(meters.get("isthmus.records")
                            .tag("outcome", "applied")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("isthmus.quarantined")
                            .tag("reason", "DATE-INVALID")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("isthmus.relay.lag").gauge().value()).isEqualTo(1);
        });
    }

    @Test
    void healthNamesTheSystemWhoseLastRunFailedAndForgivesItAfterAGreenOne() {
        hub.run(context -> {
            Runs runs = context.getBean(Runs.class);
            HealthIndicator health = context.getBean("storeHealthIndicator", HealthIndicator.class);
            runs.fail(runs.begin("billing", "schedule"), "SOURCE-AWAY: connection refused");

            assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.health().getDetails().get("billing")).asString().contains("connection refused");
            runs.end(runs.begin("billing", "schedule"));
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        });
    }
}
