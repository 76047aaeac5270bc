package isthmus.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.catalog.Pull;
import isthmus.model.Fact;
import isthmus.model.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs routes/&#42;/samples: each sentence is a legacy piece and what must become of it. */
class SamplesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));

    private final Normalizer normalizer = Islands.normalizer();

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(".in.json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void becomesWhatTheSampleSays(Path in) throws IOException {
        JsonNode piece = JSON.readTree(in.toFile());
        Pull pull = Islands.pull(piece.get("pull").asText());

        ObjectNode out = JSON.createObjectNode();
        ObjectNode rejected = JSON.createObjectNode();
        var outcomes = normalizer.normalize(row(in, piece).chunk(pull)).outcomes();
        outcomes.forEach((entity, list) ->
                list.get(0).fold(accepted -> say(entity, accepted.fact(), out), no -> say(entity, no, rejected)));

        expect(in, ".out.json", out);
        expect(in, ".rejected.json", rejected);
    }

    private static Row row(Path in, JsonNode piece) {
        String system = in.getName(1).toString();
        Row row = new Row(system, piece.get("pull").asText());
        piece.get("values").properties().forEach(field -> row.with(field.getKey(), text(field.getValue())));
        piece.get("children")
                .properties()
                .forEach(table -> table.getValue().forEach(line -> {
                    Stream.Builder<@Nullable String> cells = Stream.builder();
                    line.properties().forEach(cell -> cells.add(cell.getKey()).add(text(cell.getValue())));
                    row.child(table.getKey(), cells.build().toArray(String[]::new));
                }));
        row.ordinal = piece.get("ordinal").asLong();
        row.at = OffsetDateTime.parse(piece.get("at").asText());
        return row;
    }

    private static @Nullable String text(JsonNode value) {
        return value.isNull() ? null : value.asText();
    }

    private static JsonNode say(String entity, Fact fact, ObjectNode out) {
        try {
            out.set(entity, JSON.readTree(fact.body()));
        } catch (IOException fault) {
            throw new AssertionError(fault);
        }
        fact.quality()
                .forEach(flag -> out.withArrayProperty("quality")
                        .add(entity + " " + flag.code().code() + " " + flag.path()));
        return out;
    }

    private static JsonNode say(String entity, Outcome.Rejected no, ObjectNode rejected) {
        rejected.putObject(entity).put("reason", no.reason().code()).put("field", no.field());
        return rejected;
    }

    private static void expect(Path in, String ending, ObjectNode came) throws IOException {
        Path golden = Path.of(in.toString().replace(".in.json", ending));
        if (WRITE && came.isEmpty()) {
            Files.deleteIfExists(golden);
        } else if (WRITE) {
            Files.writeString(golden, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(came) + "\n");
        }
        assertThat(Files.exists(golden)).as("%s %s", golden, came).isEqualTo(!came.isEmpty());
        if (!came.isEmpty()) {
            assertThat(came).isEqualTo(JSON.readTree(golden.toFile()));
        }
    }
}
