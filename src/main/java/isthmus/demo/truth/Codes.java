package isthmus.demo.truth;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A code table of the formats; what it does not know is said as {@code other}. */
final class Codes {
    private final Map<String, String> words = new HashMap<>();

    private Codes() {}

    /** From a list such as {@code 01 cash,02 transfer}. */
    static Codes of(String list) {
        Codes codes = new Codes();
        for (String pair : list.split(",")) {
            int blank = pair.indexOf(' ');
            codes.words.put(pair.substring(0, blank), pair.substring(blank + 1));
        }
        return codes;
    }

    @Nullable
    String say(@Nullable String raw) {
        String code = Words.trimmed(raw);
        return code == null ? null : words.getOrDefault(code, "other");
    }

    String need(@Nullable String raw, String field) {
        return Words.need(say(raw), field);
    }
}
