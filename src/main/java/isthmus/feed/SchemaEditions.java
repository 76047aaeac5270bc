package isthmus.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The JSON Schemas that this build publishes, and those of every release of the same major, by file name without its ending. */
public final class SchemaEditions {
    private static final String ROOT = "classpath:isthmus/schema/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private SchemaEditions() {}

    /** What is published now. */
    public static Map<String, JsonNode> current() {
        return read(ROOT + "v1/*.json").values().iterator().next();
    }

    /** What was published, by release. */
    public static Map<String, Map<String, JsonNode>> released() {
        return read(ROOT + "released/*/*.json");
    }

    /** By folder and file name. */
    private static Map<String, Map<String, JsonNode>> read(String pattern) {
        Map<String, Map<String, JsonNode>> editions = new TreeMap<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(pattern)) {
                String[] path = file.getURL().getPath().split("/");
                String name = Objects.requireNonNull(file.getFilename()).replaceFirst("\\.json$", "");
                try (InputStream in = file.getInputStream()) {
                    editions.computeIfAbsent(path[path.length - 2], folder -> new TreeMap<>())
                            .put(name, JSON.readTree(in));
                }
            }
        } catch (IOException fault) {
            throw new UncheckedIOException("the schemas are part of the jar", fault);
        }
        if (editions.isEmpty()) {
            throw new IllegalStateException("no schemas under " + pattern);
        }
        return editions;
    }
}
