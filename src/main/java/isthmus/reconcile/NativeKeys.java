package isthmus.reconcile;

import isthmus.catalog.FieldSpec.KeyPart;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.MappingSpec;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Urn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks a system again for some records of the store, by the native keys that its mappings have made their ids of. */
final class NativeKeys {
    private NativeKeys() {}

    /**
     * Reads the pieces of these records, and others beside them; everything, where an id does not say its native key.
     *
     * @param names ids, or locators of pieces that were refused
     */
    static void read(
            LegacyShore legacy, LegacySystem system, Pull pull, Collection<String> names, Consumer<Chunk> each) {
        Set<String> keys = new HashSet<>();
        for (String name : names) {
            String key = of(system, pull, name);
            if (key == null) {
                legacy.everything(system.name(), pull.name(), each);
                return;
            }
            keys.add(key);
        }
        legacy.some(system.name(), pull.name(), keys, each);
    }

    /** Its parts in the order of the pull's key; null when a part is written in another way than at the source. */
    static @Nullable String of(LegacySystem system, Pull pull, String name) {
        String said = Urn.key(name);
        if (said.equals(name)) {
            return name;
        }
        for (MappingSpec mapping : system.mappings()) {
            if (mapping.pull().equals(pull.name()) && name.split(":", 6)[4].equals(mapping.entity())) {
                return of(mapping.id(), pull.key(), said);
            }
        }
        return said;
    }

    private static @Nullable String of(List<KeyPart> parts, List<String> columns, String said) {
        StringBuilder form = new StringBuilder();
        List<String> order = new ArrayList<>();
        for (KeyPart part : parts) {
            switch (part.kind()) {
                case LITERAL -> form.append(Pattern.quote(part.text()));
                case TEXT -> {
                    form.append("(.+?)");
                    order.add(part.text());
                }
                case DATE, TIME -> {
                    return null;
                }
            }
        }
        Matcher matcher = Pattern.compile(form.toString(), Pattern.DOTALL).matcher(said);
        if (!order.containsAll(columns) || !matcher.matches()) {
            return null;
        }
        return String.join(
                "/",
                columns.stream()
                        .map(column -> matcher.group(order.indexOf(column) + 1))
                        .toList());
    }
}
