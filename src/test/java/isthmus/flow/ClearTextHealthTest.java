package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.catalog.CatalogReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Health;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** What goes over a network in clear text is told for as long as it lasts. */
class ClearTextHealthTest {
    private static final String VERIFIED = "?sslmode=verify-full&sslrootcert=/etc/isthmus/ca.pem";

    @Test
    void everyClearLinkToAnotherMachineIsNamed() {
        Health health = health(
                Map.of("BILLING_URL", "jdbc:mariadb://db.example/epm", "CRM_URL", "http://crm.example/ws"),
                Map.of("isthmus.store.url", "jdbc:postgresql://store:5432/isthmus", "isthmus.kafka", "kafka:9092"));

        assertThat(health.getStatus().getCode()).isEqualTo("INSECURE");
        assertThat(health.getDetails()).containsOnlyKeys("billing", "crm", "store", "kafka");
    }

    @Test
    void whatProvesWhoItIsOrStaysOnThisMachineIsNot() {
        Map<String, String> systems = Map.of(
                "BILLING_URL",
                "jdbc:mariadb://db.example/epm?sslMode=verify-full&serverSslCert=/etc/isthmus/ca.pem",
                "CRM_URL",
                "https://crm.example/ws");

        assertThat(health(
                                systems,
                                Map.of(
                                        "isthmus.store.url",
                                        "jdbc:postgresql://store:5432/isthmus" + VERIFIED,
                                        "isthmus.kafka",
                                        "kafka:9093",
                                        "isthmus.feed.tls.trust",
                                        "jdk"))
                        .getDetails())
                .isEmpty();
        assertThat(health(
                                Map.of(),
                                Map.of(
                                        "isthmus.store.url",
                                        "jdbc:postgresql://127.0.0.1:5432/isthmus",
                                        "isthmus.kafka",
                                        "localhost:9092"))
                        .getDetails())
                .isEmpty();
    }

    @Test
    void encryptionWithoutAProofOfWhoItIsIsNotEnough() {
        Map<String, Object> settings =
                Map.of("isthmus.store.url", "jdbc:postgresql://store/isthmus?sslmode=require", "isthmus.kafka", "");

        assertThat(health(Map.of(), settings).getDetails()).containsOnlyKeys("store");
    }

    private static Health health(Map<String, String> systems, Map<String, ?> settings) {
        Map<String, String> environment = new HashMap<>(TestHub.NOWHERE);
        environment.putAll(systems);
        StandardEnvironment own = new StandardEnvironment();
        own.getPropertySources().addFirst(new MapPropertySource("own", new HashMap<>(settings)));
        var catalog = CatalogReader.read(Path.of("routes"), Path.of("config"), environment::get);
        return new ClearTextHealth(TestHub.editions(catalog), own).health();
    }
}
