package isthmus.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Fact;
import isthmus.model.Op;
import isthmus.model.Outcome;
import isthmus.normalize.Differences.Difference;
import isthmus.security.Fingerprints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Runs a system's samples: each sentence is a legacy piece and what must become of it. Connects to nothing. */
public final class Samples {
    private static final String IN = ".in.json";
    private static final String OUT = ".out.json";
    private static final String REJECTED = ".rejected.json";
    private static final String SCHEMAS = "https://isthmus.example/schema/v1/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T02:00:00Z"), ZoneOffset.UTC);

    private final Catalog catalog;
    private final Normalizer normalizer;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaIdResolvers(ids -> ids.mapPrefix(SCHEMAS, "classpath:isthmus/schema/v1/")));
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    public Samples(Catalog catalog) {
        this.catalog = catalog;
        this.normalizer = Normalizer.compile(catalog, Fingerprints.nobodys(), CLOCK);
    }

    /**
     * What became of one sample.
     *
     * @param sentence the file's name without its ending
     * @param file the sample
     * @param differences between what was expected and what came
     * @param faults what is wrong with the sample itself, or with what came by its JSON Schema
     */
    public record Result(
            String system,
            String sentence,
            String file,
            List<Difference> differences,
            List<String> faults,
            Duration took) {
        public boolean holds() {
            return differences.isEmpty() && faults.isEmpty();
        }
    }

    /**
     * Runs all samples of a system in the order of their names.
     *
     * @param update true to write what came as what is expected from now on
     */
    public List<Result> run(String system, boolean update) {
        LegacySystem legacy = catalog.system(system);
        Path folder = legacy.folder().resolve("samples");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Result> results = new ArrayList<>();
            for (Path file :
                    files.filter(file -> file.toString().endsWith(IN)).sorted().toList()) {
                results.add(run(legacy, file, update));
            }
            return results;
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException("cannot read " + folder, fault);
        }
    }

    private Result run(LegacySystem system, Path in, boolean update) throws IOException {
        long start = System.nanoTime();
        String name = String.valueOf(in.getFileName());
        List<Difference> differences = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        try {
            JsonNode piece = JSON.readTree(in.toFile());
            Pull pull = system.pull(piece.path("pull").asText());
            ObjectNode out = JSON.createObjectNode();
            ObjectNode rejected = JSON.createObjectNode();
            var outcomes =
                    normalizer.normalize(SamplePiece.chunk(system, pull, piece)).outcomes();
            outcomes.forEach((entity, list) -> list.get(0)
                    .fold(
                            accepted -> {
                                String body = new String(accepted.fact().body(), StandardCharsets.UTF_8);
                                if (accepted.fact().op() == Op.UPSERT) {
                                    schema(entity)
                                            .validate(body, InputFormat.JSON)
                                            .forEach(fault -> faults.add(entity + " " + fault));
                                }
                                return say(entity, accepted.fact(), body, out);
                            },
                            no -> say(entity, no, rejected)));
            compare(in.resolveSibling(name.replace(IN, OUT)), out, update, differences);
            compare(in.resolveSibling(name.replace(IN, REJECTED)), rejected, update, differences);
        } catch (IOException | RuntimeException fault) {
            faults.add(String.valueOf(fault.getMessage()));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Result(system.name(), name.replace(IN, ""), in.toString(), differences, faults, took);
    }

    private Schema schema(String entity) {
        return schemas.computeIfAbsent(entity, name -> registry.getSchema(SchemaLocation.of(SCHEMAS + name + ".json")));
    }

    private static JsonNode say(String entity, Fact fact, String body, ObjectNode out) {
        try {
            out.set(entity, JSON.readTree(body));
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException(fault);
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

    private static void compare(Path golden, ObjectNode came, boolean update, List<Difference> into)
            throws IOException {
        JsonNode expected = Files.exists(golden) ? JSON.readTree(golden.toFile()) : JSON.createObjectNode();
        List<Difference> differences = Differences.between(expected, came);
        into.addAll(differences);
        if (!update || differences.isEmpty()) {
            return;
        }
        if (came.isEmpty()) {
            Files.deleteIfExists(golden);
        } else {
            Files.writeString(golden, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(came) + "\n");
        }
    }
}
