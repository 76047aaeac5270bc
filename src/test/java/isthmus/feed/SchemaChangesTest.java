package isthmus.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.feed.SchemaChanges.Change;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of model.md 10.2, and the build's own promise: nothing that was released is broken. */
class SchemaChangesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void noReleaseIsBrokenByWhatIsPublishedNow() {
        assertThat(SchemaEditions.released()).isNotEmpty();
        SchemaEditions.released()
                .forEach((release, schemas) -> assertThat(
                                SchemaChanges.between(schemas, SchemaEditions.current()).stream()
                                        .filter(Change::breaking))
                        .as("breaking changes since %s", release)
                        .isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a field is gone               | /properties             | remove   | amount   | /amount   | is gone",
                "a type is another             | /properties/note        | type     | integer  | /note     | the type was [string] and is [integer]",
                "a required field is optional  | /required               | drop     | amount   | /amount   | was required and is optional",
                "an optional field is required | /required               | add      | note     | /note     | was optional and is required",
                "a new field is required       | /required+              | add      | fresh    | /fresh    | is new and required: old events have no such field",
                "a pattern is another          | /properties/amount      | pattern  | ^[0-9]+$ | /amount   | pattern was",
                "a length is tighter           | /properties/note        | shorter  | 9        | /note     | maxLength was 10 and is 9",
                "a closed set has a new value  | /properties/series/enum | add      | billing  | /series   | the closed set was",
                "null is newly allowed         | /properties/amount      | nullable |          | /amount   | may be null now",
                "null is no longer allowed     | /properties/maybe       | solid    |          | /maybe    | may no longer be null",
                "an element is another         | /properties/list/items  | type     | integer  | /list/0   | the type was [string] and is [integer]"
            })
    void tellsWhatBreaksReaders(String rule, String at, String edit, String value, String path, String what) {
        List<Change> changes =
                SchemaChanges.between(edition(schema -> {}), edition(schema -> edit(schema, at, edit, value)));

        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.breaking()).isTrue();
            assertThat(change.path()).isEqualTo(path);
            assertThat(change.what()).startsWith(what);
        });
    }

    @Test
    void bearsANewOptionalFieldAWiderTextAndANewEntity() {
        Map<String, JsonNode> now = edition(schema -> {
            ((ObjectNode) schema.at("/properties")).set("fresh", JSON.createObjectNode());
            ((ObjectNode) schema.at("/properties/note")).put("maxLength", 20);
        });
        now.put("other", JSON.createObjectNode());

        List<Change> changes = SchemaChanges.between(edition(schema -> {}), now);

        assertThat(changes).hasSize(3).noneMatch(Change::breaking);
    }

    @Test
    void seesAChangeOfAValueTypeThatManyFieldsShare() {
        Map<String, JsonNode> now = edition(schema -> {});
        ((ObjectNode) Objects.requireNonNull(now.get("common")).at("/$defs/money")).put("pattern", ".*");

        assertThat(SchemaChanges.between(edition(schema -> {}), now))
                .extracting(Change::path)
                .containsExactly("/amount", "/maybe");
    }

    @Test
    void tellsThatAnEntityIsGone() {
        Map<String, JsonNode> none = edition(schema -> {});
        none.remove("bill");

        assertThat(SchemaChanges.between(edition(schema -> {}), none))
                .containsExactly(new Change(true, "bill", "", "the entity is gone"));
    }

    private static void edit(JsonNode schema, String at, String edit, String value) {
        JsonNode node = schema.at(at.replace("+", ""));
        switch (edit) {
            case "remove" -> ((ObjectNode) node).remove(value);
            case "type" -> ((ObjectNode) node).put("type", value);
            case "pattern" ->
                ((ObjectNode) node).removeAll().put("type", "string").put("pattern", value);
            case "shorter" -> ((ObjectNode) node).put("maxLength", Integer.parseInt(value));
            case "drop" -> ((com.fasterxml.jackson.databind.node.ArrayNode) node).removeAll();
            case "add" -> {
                ((com.fasterxml.jackson.databind.node.ArrayNode) node).add(value);
                if (at.endsWith("+")) {
                    ((ObjectNode) schema.at("/properties")).set(value, JSON.createObjectNode());
                }
            }
            case "nullable" -> {
                JsonNode plain = node.deepCopy();
                ((ObjectNode) node).removeAll();
                ((ObjectNode) node).putArray("anyOf").add(plain).addObject().put("type", "null");
            }
            case "solid" -> ((ObjectNode) schema.at("/properties")).set("maybe", node.at("/anyOf/0"));
            default -> throw new IllegalArgumentException(edit);
        }
    }

    private static Map<String, JsonNode> edition(Consumer<JsonNode> edit) {
        Map<String, JsonNode> schemas = new TreeMap<>();
        schemas.put("common", read("{'$defs':{'money':{'type':'string','pattern':'^[0-9]+[.][0-9]{2}$'}}}"));
        JsonNode bill = read("""
                {'type':'object','required':['amount'],'properties':{
                 'amount':{'$ref':'common.json#/$defs/money'},
                 'note':{'type':'string','maxLength':10},
                 'series':{'enum':['raw','validated']},
                 'maybe':{'anyOf':[{'$ref':'common.json#/$defs/money'},{'type':'null'}]},
                 'list':{'type':'array','items':{'type':'string'}}}}
                """);
        schemas.put("bill", bill);
        edit.accept(bill);
        return schemas;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json.replace('\'', '"'));
        } catch (com.fasterxml.jackson.core.JsonProcessingException fault) {
            throw new AssertionError(json, fault);
        }
    }
}
