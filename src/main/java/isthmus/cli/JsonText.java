package isthmus.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A document that another room has written already, for an answer. */
final class JsonText {

    private JsonText() {}

    static JsonNode of(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("a report is not JSON", fault);
        }
    }
}
