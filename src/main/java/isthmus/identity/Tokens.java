package isthmus.identity;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.identity.match.Model;
import isthmus.identity.match.Subject;
import isthmus.security.seal.Blind;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What stands in the store for names, numbers and places by which customers are looked up or counted. */
record Tokens(Blind blind) {
    private static final char PART = '\u001E';

    /** What two may have in common; of the same text in another model something else. */
    long key(Model model, String key) {
        return blind.token("match-key", model.name() + PART + key);
    }

    /** A value of a field, as it is counted. */
    long value(Model model, int field, String value) {
        return blind.token("match-value", model.name() + PART + model.field(field) + PART + value);
    }

    /** For having any value in a field. */
    long any(Model model, int field) {
        return value(model, field, "");
    }

    /** All under which a customer is counted. */
    LongStream counted(Model model, Subject subject) {
        return model.frequent().stream()
                .filter(field -> !model.values(field, subject).isEmpty())
                .flatMapToLong(field -> LongStream.concat(
                        LongStream.of(any(model, field)),
                        model.values(field, subject).stream().mapToLong(value -> value(model, field, value))));
    }

    /** The same for two who are called the same, however it is written; null for one without a name. */
    @Nullable
    Long name(JsonNode body) {
        JsonNode said = body.path("name");
        String name = said.hasNonNull("normalized")
                ? said.path("normalized").asText()
                : said.path("display").asText();
        String form = NameForm.of(name);
        return form == null ? null : Long.valueOf(blind.token("link-name", form));
    }

    /** Stands for how subjects are made, and under which key: of another they are made again. */
    String shape(Model model) {
        return shape(model.shape());
    }

    /** For those whom no model compares. */
    String shape() {
        return shape("none");
    }

    private String shape(String shape) {
        return Long.toHexString(blind.token("match-shape", shape));
    }
}
