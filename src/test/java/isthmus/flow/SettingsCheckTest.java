package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SettingsCheckTest {
    private final Map<String, Object> given = new HashMap<>(Map.of(
            "isthmus.zone", "Asia/Shanghai",
            "isthmus.store.url", "jdbc:postgresql://db/isthmus",
            "isthmus.store.user", "isthmus",
            "isthmus.kafka", "kafka:9092",
            "isthmus.hmac.key", "secret",
            "server.address", "127.0.0.1",
            "isthmus.routes", "routes",
            "isthmus.config", "config"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path config;

    @Test
    void findsNothingWrongWithWhatIsShipped() {
        assertThat(new SettingsCheck(environment()).faults(Path.of("config"))).isEmpty();
    }

    @Test
    void tellsAKeyThatNobodyKnowsWithItsLineAndItsNeighbours() throws IOException {
        List<String> faults = faults("""
                isthmus:
                  org: yj
                  store:
                    timeout:
                      raed: PT1M
                  lesae: 5
                isthmus.kafkka: x
                spring.main.banner-mode: "off"
                """);

        assertThat(faults).hasSize(3);
        assertThat(faults.get(0))
                .startsWith("application.yaml:5: unknown setting isthmus.store.timeout.raed: known here: ")
                .contains("isthmus.store.timeout.read");
        assertThat(faults.get(1)).startsWith("application.yaml:6: unknown setting isthmus.lesae");
        assertThat(faults.get(2)).startsWith("application.yaml:7: unknown setting isthmus.kafkka");
    }

    @Test
    void tellsAValueThatIsNotOfItsKindWhereItStands() throws IOException {
        given.put("isthmus.store.timeout.read", "two minutes");
        given.put("isthmus.store.pool", "ten");
        given.put("isthmus.feed.timeout.request", "PT0S");
        given.put("isthmus.zone", "Mars/Olympus");
        given.put("isthmus.lease", "PT0S");

        assertThat(faults("isthmus:\n  org: yj\n  store: {timeout: {read: two minutes}}\n"))
                .satisfiesExactlyInAnyOrder(
                        fault -> assertThat(fault).startsWith("application.yaml:3: isthmus.store.timeout.read"),
                        fault -> assertThat(fault).contains("isthmus.store.pool is not what it must be: ten"),
                        fault -> assertThat(fault)
                                .contains("isthmus.feed.timeout.request")
                                .contains("for ever"),
                        fault -> assertThat(fault).contains("isthmus.lease").contains("PT1S or longer"),
                        fault -> assertThat(fault).contains("isthmus.zone").contains("Asia/Shanghai"));
    }

    @Test
    void whatIsPostedLeavesThisMachineInClearTextOnlyWhereThatIsAllowed() throws IOException {
        given.put("isthmus.reconcile.webhook.url", "http://hooks.example/night?token=hush");

        assertThat(faults("isthmus: {org: yj}\n"))
                .singleElement()
                .asString()
                .contains("isthmus.reconcile.webhook.url is not what it must be: https")
                .doesNotContain("hush");

        given.put("isthmus.reconcile.webhook.cleartext", "true");
        assertThat(faults("isthmus: {org: yj}\n")).isEmpty();
    }

    @Test
    void tellsWhatIsMissingByTheNameOfItsVariable() throws IOException {
        given.remove("isthmus.kafka");
        given.put("isthmus.store.url", " ");

        assertThat(faults("isthmus: {org: yj}\n"))
                .anyMatch(fault -> fault.contains("missing ISTHMUS_KAFKA: host:port of the broker"))
                .anyMatch(fault -> fault.contains("missing ISTHMUS_STORE_URL"))
                .hasSize(2);
    }

    private List<String> faults(String yaml) throws IOException {
        Files.writeString(config.resolve("application.yaml"), yaml);
        return new SettingsCheck(environment())
                .faults(config).stream()
                        .map(fault -> fault.replace(config + "/", ""))
                        .toList();
    }

    private StandardEnvironment environment() {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("given", given));
        return environment;
    }
}
