package isthmus.reconcile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The readable names of some keys, picked up while a shore is read; everything else is only known by its hash. */
final class Names {
    private final Set<Key> wanted = new HashSet<>();
    private final Map<Key, String> found = new HashMap<>();

    void want(Keys keys, int atMost) {
        for (int i = 0; i < keys.size() && i < atMost; i++) {
            wanted.add(keys.at(i));
        }
    }

    void keep(Key key, String name) {
        found.put(key, name);
    }

    void see(Key key, String name) {
        if (wanted.contains(key)) {
            found.put(key, name);
        }
    }

    @Nullable
    String of(Key key) {
        return found.get(key);
    }
}
