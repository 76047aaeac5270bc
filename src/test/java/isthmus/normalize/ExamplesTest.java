package isthmus.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.model.Canon;
import isthmus.model.EventId;
import isthmus.model.Fact;
import isthmus.model.Op;
import isthmus.model.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two events that the design shows in full. */
class ExamplesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({"ex_bill.json, 0", "ex_interval.json, 40213"})
    void recomputesIdHashAndSequence(String file, long tie) throws IOException, GeneralSecurityException {
        JsonNode event = JSON.readTree(example(file).toFile());
        Object record = JSON.treeToValue(event.at("/data/record"), Object.class);

        byte[] canonical = Canon.bytes(record);
        String hash = "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        OffsetDateTime time = OffsetDateTime.parse(event.get("time").asText());
        String sequence = Sequence.of(time.toInstant().toEpochMilli(), tie);
        String id = EventId.of(event.get("subject").asText(), Op.UPSERT, sequence, hash);

        assertThat(hash).isEqualTo(event.get("contenthash").asText());
        assertThat(sequence).isEqualTo(event.get("sequence").asText());
        assertThat(id).isEqualTo(event.get("id").asText());
        String entity = event.get("subject").asText().split(":")[4];
        assertThat(Schemas.faults(entity, event.at("/data/record").toString())).isEmpty();
    }

    @Test
    void theCurveOfTheExampleBecomesTheVeryEventOfTheExample() throws IOException {
        JsonNode event = JSON.readTree(example("ex_interval.json").toFile());
        Row row = Rows.curve();
        int i = 1;
        for (JsonNode value : event.at("/data/record/values")) {
            row.with("E" + i++, value.isNull() ? "" : "0." + (1000 + value.asInt() + "").substring(1));
        }

        Fact fact = row.fact(Islands.normalizer(), "intervalblock");

        assertThat(fact.contentHash()).isEqualTo(event.get("contenthash").asText());
        assertThat(fact.sequence()).isEqualTo(event.get("sequence").asText());
        assertThat(fact.partitionKey()).isEqualTo(event.get("partitionkey").asText());
        assertThat(EventId.of(fact.id(), fact.op(), fact.sequence(), fact.contentHash()))
                .isEqualTo(event.get("id").asText());
    }

    private static Path example(String file) {
        Path path = Path.of("..", "shared", "design", "examples", file);
        assumeTrue(Files.exists(path), "the design's examples are not beside the project");
        return path;
    }
}
