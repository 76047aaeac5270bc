package isthmus.serve.exports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.model.Fact;
import isthmus.model.Op;
import isthmus.store.Cargo;
import isthmus.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the samples of all systems become, laid into a store: records of every entity with what real ones have. */
final class SampleRecords {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SampleRecords() {}

    /** @return the records by entity and id, in the order of the ids */
    static Map<String, Map<String, JsonNode>> laid(Store store) throws IOException {
        Map<String, Map<String, JsonNode>> records = new TreeMap<>();
        for (String root : List.of("routes", "examples")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(file -> file.toString().endsWith(".out.json"))
                        .sorted()
                        .forEach(file -> read(file, records));
            }
        }
        records.forEach((entity, byId) -> store.chunks.commit(Cargo.chunk(
                1,
                byId.entrySet().stream()
                        .map(one -> fact(entity, one.getKey(), one.getValue().toString()))
                        .toList())));
        return records;
    }

    private static void read(Path file, Map<String, Map<String, JsonNode>> records) {
        try {
            JSON.readTree(file.toFile()).properties().forEach(entity -> {
                JsonNode said = entity.getValue();
                for (JsonNode record : said.isArray() ? said : List.of(said)) {
                    if (record.has("id") && !record.has("deletedAt")) {
                        records.computeIfAbsent(entity.getKey(), none -> new TreeMap<>())
                                .put(record.path("id").asText(), record);
                    }
                }
            });
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    static Fact fact(String entity, String id, String body) {
        return Cargo.fact(entity, id, Op.UPSERT, 1, body, null, List.of());
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
