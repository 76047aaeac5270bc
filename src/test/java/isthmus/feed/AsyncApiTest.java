package isthmus.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import isthmus.model.Entities;
import isthmus.model.Fact;
import isthmus.model.Op;
import isthmus.store.Cargo;
import isthmus.store.ChangeLog;
import isthmus.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** docs/asyncapi.yaml is written from {@link AsyncApi} ({@code -Dgolden=write}), and what the relay tells is what it says. */
class AsyncApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PAGE = Path.of("docs/asyncapi.yaml");

    @Test
    void theShippedDocumentIsWhatTheCodeSays() throws IOException {
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, AsyncApi.yaml());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(AsyncApi.yaml());
    }

    @Test
    void theDocumentIsValidByTheOfficialSchemaOfAsyncApi() throws IOException {
        Schema official;
        try (InputStream in = new GZIPInputStream(
                Objects.requireNonNull(getClass().getResourceAsStream("/asyncapi/3.0.0.schema.json.gz")))) {
            official = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(in);
        }
        ObjectNode broken = AsyncApi.document().deepCopy();
        ((ObjectNode) broken.at("/operations/tell.bill")).put("action", "shout");

        assertThat(official.validate(AsyncApi.document())).isEmpty();
        assertThat(official.validate(broken)).isNotEmpty();
    }

    @Test
    void everyReferenceLeadsSomewhereInTheDocument() {
        JsonNode document = AsyncApi.document();

        assertThat(document.findValuesAsText("$ref")).hasSizeGreaterThan(100).allSatisfy(reference -> {
            assertThat(reference).startsWith("#/");
            assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        });
    }

    @Test
    void whatTheRelayTellsOverARealBrokerIsWhatTheDocumentSays() throws Exception {
        Store store = Store.fresh();
        Map<String, List<String>> corpus = Corpus.of("1.0");
        for (String entity : Entities.ALL) {
            List<Fact> facts = Objects.requireNonNull(corpus.get(entity)).stream()
                    .map(body -> fact(entity, body, Op.UPSERT))
                    .toList();
            store.chunks.commit(Cargo.chunk(1, facts));
            store.chunks.commit(Cargo.chunk(1, Cargo.deleted(entity, "gone", 1)));
        }

        try (Broker broker = new Broker()) {
            Relay relay = new Relay(new ChangeLog(store.source), broker.bootstrap(), store.clock);
            relay.start();
            assertThat(relay.drain(Duration.ofSeconds(120))).isTrue();
            relay.stop();

            for (String entity : Entities.ALL) {
                List<ConsumerRecord<byte[], byte[]>> told = Heard.of(broker.bootstrap(), entity);
                assertThat(told).hasSizeGreaterThanOrEqualTo(2);
                told.forEach(event -> assertThat(faults(entity, text(event.value())))
                        .as(text(event.value()))
                        .isEmpty());
            }
        }
        assertThat(faults("bill", "{\"type\":\"org.isthmus.bill.upsert.v1\"}")).isNotEmpty();
    }

    private static Fact fact(String entity, String body, Op op) {
        try {
            return Cargo.fact(entity, JSON.readTree(body).path("id").asText(), op, 1, body, null, List.of());
        } catch (IOException fault) {
            throw new AssertionError(body, fault);
        }
    }

    private static final Map<String, Schema> MESSAGES = new HashMap<>();

    /** By the one message of the entity's channel that has the event's type. */
    private static List<String> faults(String entity, String event) {
        try {
            String type = JSON.readTree(event).path("type").asText();
            String message = type.replaceFirst("^org\\.isthmus\\.(.*)\\.v1$", "$1");
            assertThat(AsyncApi.document()
                            .at("/channels/" + entity + "/messages/" + message + "/$ref")
                            .asText())
                    .isEqualTo("#/components/messages/" + message);
            return MESSAGES.computeIfAbsent(message, AsyncApiTest::schema).validate(event, InputFormat.JSON).stream()
                    .map(Object::toString)
                    .toList();
        } catch (IOException fault) {
            throw new AssertionError(event, fault);
        }
    }

    private static Schema schema(String message) {
        JsonNode document = AsyncApi.document();
        ObjectNode payload =
                document.at("/components/messages/" + message + "/payload").deepCopy();
        payload.set("components", document.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(payload);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
