package isthmus.demo.truth;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row said in the canonical model: body, what it refers to, and what it adds to the night's sums. */
record Said(
        String id,
        boolean deleted,
        Map<String, Object> body,
        List<String> refs,
        @Nullable BigDecimal money,
        @Nullable BigDecimal energy) {

    static Said of(String id, Map<String, Object> body, String... refs) {
        return new Said(id, false, body, List.of(refs), null, null);
    }
}
