package isthmus.serve.contracts;

import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a parameter means that more than one address has; an address says it itself where it means something else. */
final class Words {
    private static final Map<String, Word> ALL = Map.ofEntries(
            word("entity", "The entity, in the singular, as in topics and schemas.", "bill"),
            word(
                    "id",
                    "The record's id, percent-encoded as one segment of the path.",
                    "urn:isthmus:yj:cis:bill:3100012345/202610/1"),
            word("If-None-Match", "The tag of the answer that you have; 304 when it is still true.", null),
            word("Last-Event-ID", "The last event that you have; the stream goes on behind it.", null),
            word("Accept", "The form that you want.", null),
            word("after", "Go on behind this: the next of the answer before, or the last that you have.", null),
            word(
                    "limit",
                    "How many at most; more than the largest page are clamped to it, and the answer says so.",
                    "100"),
            word("fields", "Only these fields of a record, by name or JSON pointer, separated by commas.", null),
            word("asOf", "As the hub knew it at this instant, RFC 3339.", null),
            word("validAt", "Valid on this local day.", null),
            word("system", "The legacy system, as its folder is called.", "cis"),
            word("day", "A local day of the system.", "2026-11-21"),
            word("number", "The number that lists say.", "1"),
            word("left", "The id of a customer or an account.", "urn:isthmus:yj:cis:account:3100012345"),
            word("right", "The id of another.", "urn:isthmus:yj:cis:customer:C00010003"),
            word("from", "The first of the range.", "2026-11-01"),
            word("to", "The end of the range, itself no part of it.", "2026-12-01"));

    private Words() {}

    private record Word(String description, @Nullable String example) {}

    private static Map.Entry<String, Word> word(String name, String description, @Nullable String example) {
        return Map.entry(name, new Word(description, example));
    }

    /** Fills in what the address has not said. */
    static void explain(Parameter parameter) {
        if (parameter.getSchema() == null) {
            JsonSchema text = new JsonSchema();
            text.addType("string");
            parameter.setSchema(text);
        }
        Word word = ALL.get(parameter.getName());
        if (word == null || parameter.getDescription() != null) {
            return;
        }
        parameter.setDescription(word.description());
        if (word.example() != null && parameter.getExample() == null) {
            parameter.setExample(word.example());
        }
    }
}
