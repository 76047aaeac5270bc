package isthmus.normalize;

import isthmus.catalog.FieldSpec;
import isthmus.catalog.MappingSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives a place on the desk to every field whose value something else asks for: checks, totals, validity, order. */
final class Slots {
    /** The place of everything that nobody asks for. */
    static final int SCRATCH = 0;

    private final Map<String, Integer> slots = new HashMap<>();

    Slots(MappingSpec spec) {
        ask(spec.money());
        ask(spec.energy());
        ask(spec.partition());
        spec.valid().forEach(this::ask);
        spec.checks().forEach(check -> {
            check.factors().forEach(this::ask);
            ask(check.equal());
        });
        orders("", spec.fields());
    }

    private void orders(String base, List<FieldSpec> fields) {
        for (FieldSpec field : fields) {
            String path = base + field.path();
            String after = earlier(field);
            if (after != null) {
                ask(path);
                ask(after);
            }
            orders(field.path().isEmpty() ? base : path + "/", field.members());
        }
    }

    /** The path of the field that this one must not come before. */
    static @Nullable String earlier(FieldSpec field) {
        String after = field.option("after");
        return after == null ? field.option("notBefore") : after;
    }

    private void ask(@Nullable String path) {
        if (path != null) {
            slots.putIfAbsent(path, slots.size() + 1);
        }
    }

    int of(@Nullable String path) {
        return path == null ? SCRATCH : slots.getOrDefault(path, SCRATCH);
    }

    int size() {
        return slots.size() + 1;
    }
}
