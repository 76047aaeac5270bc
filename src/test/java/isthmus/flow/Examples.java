package isthmus.flow;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** The environment that the systems of examples/ ask for. */
@NullUnmarked
final class Examples {
    private Examples() {}

    /** One system's folder; the others' are nowhere. */
    static Map<String, String> environment(String name, Path folder) {
        Map<String, String> all = new HashMap<>();
        for (String other : new String[] {"NEM_FOLDER", "GREENBUTTON_FOLDER", "MSCONS_FOLDER", "RSM012_FOLDER"}) {
            all.put(other, folder.resolve("nowhere").toString());
        }
        all.put(name, folder.toString());
        return all;
    }
}
