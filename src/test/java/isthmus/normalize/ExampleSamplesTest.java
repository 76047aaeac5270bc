package isthmus.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Layout;
import isthmus.model.Origin;
import isthmus.model.Piece;
import isthmus.security.Fingerprints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs examples/&#42;/samples, and holds every accepted record against its schema. */
@NullUnmarked
class ExampleSamplesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));
    private static final Catalog CATALOG = CatalogReader.read(Path.of("examples"), Path.of("config"), name -> "x");
    private static final Normalizer NORMALIZER = Normalizer.compile(
            CATALOG,
            new Fingerprints(Base64.getEncoder().encodeToString("k".repeat(32).getBytes(StandardCharsets.US_ASCII))),
            Clock.fixed(Instant.parse("2026-11-24T00:00:00Z"), ZoneOffset.UTC));

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("examples"))) {
            return files.filter(file -> file.toString().endsWith(".in.json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void becomesWhatTheSampleSays(Path in) throws IOException {
        JsonNode sample = JSON.readTree(in.toFile());
        String system = in.getName(1).toString();
        Pull pull = CATALOG.system(system).pull(sample.get("pull").asText());

        ObjectNode out = JSON.createObjectNode();
        ObjectNode rejected = JSON.createObjectNode();
        NORMALIZER
                .normalize(chunk(system, pull, sample))
                .outcomes()
                .forEach((entity, list) -> list.get(0)
                        .fold(
                                accepted -> {
                                    assertThat(Schemas.faults(
                                                    entity,
                                                    new String(accepted.fact().body(), StandardCharsets.UTF_8)))
                                            .isEmpty();
                                    accepted.fact()
                                            .quality()
                                            .forEach(flag -> out.withArrayProperty("quality")
                                                    .add(entity + " "
                                                            + flag.code().code() + " " + flag.path()));
                                    return out.set(entity, tree(accepted.fact().body()));
                                },
                                no -> rejected.putObject(entity)
                                        .put("reason", no.reason().code())
                                        .put("field", no.field())));

        expect(in, ".out.json", out);
        expect(in, ".rejected.json", rejected);
    }

    private static Chunk chunk(String system, Pull pull, JsonNode sample) {
        Layout layout = pull.layout();
        List<List<String[]>> children = new ArrayList<>();
        for (String child : layout.childNames()) {
            List<String[]> rows = new ArrayList<>();
            sample.get("children").get(child).forEach(row -> rows.add(values(layout.child(child), row)));
            children.add(rows);
        }
        long ordinal = sample.get("ordinal").asLong();
        Piece piece = new Piece(values(layout, sample.get("values")), children, ordinal, "s", () -> new byte[0], null);
        OffsetDateTime at = OffsetDateTime.parse(sample.get("at").asText());
        Origin origin = new Origin("file", "sample", null, null, at);
        return new Chunk(system, pull.name(), pull.entities(), 1, layout, List.of(piece), origin, null, null);
    }

    private static String[] values(Layout layout, JsonNode row) {
        row.fieldNames()
                .forEachRemaining(
                        name -> assertThat(layout.indexOf(name)).as(name).isNotNegative());
        return layout.columns().stream()
                .map(column -> row.path(column).isTextual() ? row.get(column).asText() : null)
                .toArray(String[]::new);
    }

    private static JsonNode tree(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static void expect(Path in, String ending, ObjectNode came) throws IOException {
        Path golden = Path.of(in.toString().replace(".in.json", ending));
        if (WRITE && !came.isEmpty()) {
            Files.writeString(golden, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(came) + "\n");
        }
        assertThat(Files.exists(golden)).as("%s %s", golden, came).isEqualTo(!came.isEmpty());
        if (!came.isEmpty()) {
            assertThat(came).isEqualTo(JSON.readTree(golden.toFile()));
        }
    }
}
