package isthmus.normalize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import isthmus.model.Canon;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The published JSON Schemas, as a downstream validator sees them. */
public final class Schemas {
    private static final String BASE = "https://isthmus.example/schema/v1/";
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaIdResolvers(ids -> ids.mapPrefix(BASE, "classpath:isthmus/schema/v1/")));
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
    private static final ObjectMapper JSON = new ObjectMapper();

    private Schemas() {}

    public static List<String> faults(String entity, String body) {
        return SCHEMAS
                .computeIfAbsent(entity, name -> REGISTRY.getSchema(SchemaLocation.of(BASE + name + ".json")))
                .validate(body, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** The canonical form of JSON, by way of a tree. */
    static String canonical(String json) {
        try {
            return new String(Canon.bytes(JSON.readValue(json, Object.class)), StandardCharsets.UTF_8);
        } catch (JsonProcessingException fault) {
            throw new AssertionError(json, fault);
        }
    }
}
