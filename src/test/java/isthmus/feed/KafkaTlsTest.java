package isthmus.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.Certificate;
import isthmus.model.Reason;
import isthmus.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker that speaks TLS alone and asks who the hub is. */
class KafkaTlsTest {
    private static final Duration SHORT = Duration.ofSeconds(5);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void everyClientProvesWhoItIsAndLooksWhomItTalksTo() throws Exception {
        Certificate server = Certificate.in(folder.resolve("broker"));
        Certificate hub = Certificate.in(folder.resolve("hub"));
        try (Broker broker = new Broker("SSL", """
                ssl.keystore.type=PKCS12
                ssl.keystore.location=%s
                ssl.keystore.password=%s
                ssl.key.password=%2$s
                ssl.truststore.type=PEM
                ssl.truststore.location=%s
                ssl.client.auth=required
                ssl.endpoint.identification.algorithm=
                """.formatted(server.store(), server.password(), both(server, hub)))) {
            Kafka mutual = kafka(broker, server, hub);

            // topics are made, events are told and groups are asked for
            Topics.create(mutual);
            new Bulletin(mutual).tell("night", "1", "one".getBytes(StandardCharsets.UTF_8));
            try (Consumers consumers = new Consumers(Store.fresh().source, Clock.systemUTC(), mutual, SHORT)) {
                assertThat(consumers.groups().trouble()).isNull();
            }

            // a broker for which nobody vouches is not talked to
            assertThatThrownBy(() -> new Bulletin(kafka(broker, hub, hub)).tell("night", "2", new byte[0]))
                    .isInstanceOf(java.io.IOException.class)
                    .hasMessageStartingWith(Reason.FEED_REFUSED.code());

            // nor does the broker talk to one whom it does not know, or in clear text
            Kafka nameless = new Kafka(
                    broker.bootstrap(), SHORT, SHORT, new KafkaTls(server.pem().toString(), "", ""));
            assertThatThrownBy(() -> Topics.create(nameless)).isInstanceOf(KafkaException.class);
            assertThatThrownBy(() -> Topics.create(new Kafka(broker.bootstrap(), SHORT, SHORT)))
                    .isInstanceOf(KafkaException.class);
        }
    }

    @Test
    void whatAClientIsToldIsOfTheCodeAlone() {
        assertThat(KafkaTls.NONE.settings()).isEmpty();
        assertThat(new KafkaTls("jdk", "", "").settings())
                .containsOnlyKeys(
                        "security.protocol", "ssl.enabled.protocols", "ssl.endpoint.identification.algorithm");
        assertThat(new KafkaTls("ca.pem", "hub.p12", "x").settings().keySet())
                .noneMatch(key -> key.startsWith("sasl."));
    }

    private static Kafka kafka(Broker broker, Certificate trusted, Certificate own) {
        return new Kafka(
                broker.bootstrap(),
                SHORT,
                SHORT,
                new KafkaTls(trusted.pem().toString(), own.store().toString(), own.password()));
    }

    private Path both(Certificate one, Certificate other) throws java.io.IOException {
        Path both = folder.resolve("both.pem");
        java.nio.file.Files.writeString(
                both, java.nio.file.Files.readString(one.pem()) + java.nio.file.Files.readString(other.pem()));
        return both;
    }
}
