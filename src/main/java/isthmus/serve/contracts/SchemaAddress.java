package isthmus.serve.contracts;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import isthmus.feed.SchemaEditions;
import isthmus.serve.Refused;
import isthmus.serve.Served;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code /schema/v1}: the published JSON Schemas, where their {@code $id} says that they are. */
@Served
final class SchemaAddress {
    private static final String SCHEMA = "application/schema+json";

    private final Map<String, Leaf> schemas = new HashMap<>();
    private final Leaf index;

    SchemaAddress() {
        ArrayNode list = new ObjectMapper().createArrayNode();
        SchemaEditions.current().forEach((name, schema) -> {
            schemas.put(name, Leaf.of(schema.toPrettyString()));
            list.addObject()
                    .put("name", name)
                    .put("title", schema.path("title").asText())
                    .put("version", schema.path("version").asText())
                    .put("id", schema.path("$id").asText())
                    .put("href", "/schema/v1/" + name + ".json");
        });
        index = Leaf.of(list.toPrettyString());
    }

    @Operation(summary = "Which JSON Schemas there are.")
    @GetMapping(path = "/schema/v1", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> all() {
        return index.answer();
    }

    @Operation(
            summary = "One JSON Schema (2020-12): of an entity's records, of the feed's events, or of the value types.")
    @GetMapping(
            path = "/schema/v1/{schema}.json",
            produces = {SCHEMA, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<byte[]> one(
            @Parameter(description = "The name of the schema.", example = "bill") @PathVariable String schema) {
        Leaf leaf = schemas.get(schema);
        if (leaf == null) {
            throw Refused.unknown("no such schema; /schema/v1 lists them");
        }
        return leaf.answer();
    }
}
