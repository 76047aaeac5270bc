package isthmus.demo.truth;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads the truth file line by line. */
final class TruthLines {
    static final ObjectReader MAPS = new ObjectMapper().readerFor(new TypeReference<Map<String, Object>>() {});

    private final Path file;

    TruthLines(Path file) {
        this.file = file;
    }

    /** Tells a comparison everything that must come out and everything that must be refused. */
    void tell(Comparison comparison) throws IOException {
        each(line -> {
            switch (text(line, "kind")) {
                case "record" ->
                    comparison.expect(
                            text(line, "id"),
                            CanonicalJson.of(line.get("record")),
                            Boolean.TRUE.equals(line.get("pending")));
                case "reject" ->
                    comparison.expectRefusal(
                            text(line, "system"), text(line, "entity"), text(line, "locator"), text(line, "reason"));
                default -> Objects.requireNonNull(line.get("count"), "a line of the truth file of no known kind");
            }
        });
    }

    void closes(Comparison comparison) throws IOException {
        List<String> ids = new ArrayList<>();
        each(line -> {
            if (text(line, "kind").equals("record")) {
                ids.add(text(line, "id"));
            }
        });
        comparison.close(ids);
    }

    /** Says, for each id, which fields of the record found differ from the truth. */
    Map<String, String> differences(Map<String, String> actual) throws IOException {
        Map<String, String> differences = new LinkedHashMap<>();
        if (actual.isEmpty()) {
            return differences;
        }
        each(line -> {
            String found = actual.get(String.valueOf(line.get("id")));
            if (found != null && line.get("record") instanceof Map<?, ?> truth) {
                differences.put(text(line, "id"), difference(truth, found));
            }
        });
        return differences;
    }

    private static String difference(Map<?, ?> truth, String found) {
        try {
            Map<String, Object> actual = MAPS.readValue(found);
            StringBuilder said = new StringBuilder();
            for (Object field : truth.keySet()) {
                said.append(one(String.valueOf(field), truth.get(field), actual.remove(String.valueOf(field))));
            }
            actual.forEach((field, value) -> said.append(one(field, null, value)));
            return said.toString().strip();
        } catch (IOException fault) {
            throw new IllegalStateException("a record found is not JSON", fault);
        }
    }

    private static String one(String field, @Nullable Object truth, @Nullable Object actual) {
        return Objects.equals(truth, actual) ? "" : " " + field + ": " + truth + " expected, " + actual + " found;";
    }

    private void each(Consumer<Map<String, Object>> use) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file), 1 << 16), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Map<String, Object> parsed = MAPS.readValue(line);
                use.accept(parsed);
            }
        }
    }

    private static String text(Map<String, Object> line, String field) {
        return String.valueOf(line.get(field));
    }
}
