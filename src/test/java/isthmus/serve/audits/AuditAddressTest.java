package isthmus.serve.audits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.audit.Audit;
import isthmus.audit.Audit.Deed;
import isthmus.audit.Notary;
import isthmus.audit.SigningKey;
import isthmus.audit.proof.Entry;
import isthmus.audit.proof.Head;
import isthmus.audit.proof.Merkle;
import isthmus.serve.Service;
import isthmus.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditAddressTest {
    private final Store store = Store.fresh();
    private final Audit audit = new Audit(store.source, store.clock);
    private final Service service = Service.over(store);

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void theLogIsReadPageByPageTheNewestFirst() throws Exception {
        write(5);

        JsonNode first = service.json("/api/v1/audit?limit=3");
        JsonNode second =
                service.json("/api/v1/audit?limit=3&after=" + first.get("next").asText());

        assertThat(first.get("items"))
                .extracting(item -> item.get("number").asInt())
                .containsExactly(5, 4, 3);
        assertThat(first.get("items").get(0).get("actor").asText()).isEqualTo("ab12");
        assertThat(first.get("items").get(0).get("at").asText()).endsWith("Z");
        assertThat(second.get("items"))
                .extracting(item -> item.get("number").asInt())
                .containsExactly(2, 1);
        assertThat(second.has("next")).isFalse();
        assertThat(service.json("/api/v1/audit?action=cursor.&subject=till 3".replace(" ", "%20"))
                        .get("items"))
                .hasSize(1);
        assertThat(service.json("/api/v1/audit?actor=nobody").get("items")).isEmpty();
    }

    @Test
    void whoKnowsAnEarlierHeadCanProveThatTheLogHasOnlyGrown() throws Exception {
        Notary notary = new Notary(
                store.source,
                SigningKey.at(folder.resolve("key")),
                folder,
                Duration.ofHours(1),
                () -> true,
                store.clock);
        write(300);
        Head known = notary.sign().orElseThrow();
        write(77);
        notary.sign();

        JsonNode said = service.json("/api/v1/audit/head?from=300");

        Head head = Head.read(said.get("head").asText());
        List<byte[]> proof = new ArrayList<>();
        said.get("consistency").forEach(hash -> proof.add(HexFormat.of().parseHex(hash.asText())));
        assertThat(head.isGenuine()).isTrue();
        assertThat(head.key()).isEqualTo(known.key());
        assertThat(said.get("size").asLong()).isEqualTo(377);
        assertThat(said.get("fromRoot").asText()).isEqualTo(HexFormat.of().formatHex(known.root()));
        assertThat(Merkle.grew(300, 377, known.root(), head.root(), proof)).isTrue();
        assertThat(service.json("/api/v1/audit/head?from=10&to=20").get("to").asLong())
                .isEqualTo(20);
    }

    @Test
    void whoKnowsAHeadCanProveThatAnEntryIsOneOfThoseItVouchesFor() throws Exception {
        Notary notary = new Notary(
                store.source,
                SigningKey.at(folder.resolve("key")),
                folder,
                Duration.ofHours(1),
                () -> true,
                store.clock);
        write(300);
        Head known = notary.sign().orElseThrow();
        write(5);

        for (int number : new int[] {1, 2, 255, 256, 257, 300}) {
            JsonNode said = service.json("/api/v1/audit/entries/" + number);

            Entry.Line line = Entry.Line.read(said.get("line").asText());
            List<byte[]> path = new ArrayList<>();
            said.get("path").forEach(hash -> path.add(HexFormat.of().parseHex(hash.asText())));
            assertThat(said.get("size").asLong()).isEqualTo(300);
            assertThat(line.entry().number()).isEqualTo(number);
            assertThat(line.entry().subject()).isEqualTo("till " + number);
            assertThat(Merkle.includes(line.entry().leaf(), number - 1, 300, path, known.root()))
                    .isTrue();
            assertThat(Merkle.includes(line.entry().leaf(), number % 300, 300, path, known.root()))
                    .isFalse();
        }
        assertThat(service.json("/api/v1/audit/entries/303").get("size").asLong())
                .isEqualTo(303);
        assertThat(service.get("/api/v1/audit/entries/306").statusCode()).isEqualTo(404);
        assertThat(service.get("/api/v1/audit/entries/x").statusCode()).isEqualTo(404);
    }

    @Test
    void beforeTheFirstHeadThereIsNone() throws Exception {
        assertThat(service.get("/api/v1/audit/head").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/audit?limit=0, limit",
        "/api/v1/audit?who=me, who",
        "/api/v1/audit?after=x, after",
        "/api/v1/audit/entries/2?size=1, size",
        "/api/v1/audit/entries/2?size=4, size",
        "/api/v1/audit/head?from=4, from",
        "/api/v1/audit/head?from=2&to=1, from",
        "/api/v1/audit/head?from=-1, from",
        "/api/v1/audit/head?to=4, to"
    })
    void aQuestionThatIsNotOfItsFormIsRefused(String question, String field) throws Exception {
        write(3);
        new Notary(
                        store.source,
                        SigningKey.at(folder.resolve("key")),
                        folder,
                        Duration.ofHours(1),
                        () -> true,
                        store.clock)
                .sign();

        var answer = service.get(question);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"field\":\"" + field + "\"");
    }

    private void write(int entries) {
        audit.write(IntStream.rangeClosed(1, entries)
                .mapToObj(i -> new Deed("ab12", "cursor.rewind", "till " + i, "late commits"))
                .toList());
    }
}
