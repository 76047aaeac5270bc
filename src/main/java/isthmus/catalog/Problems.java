package isthmus.catalog;

import java.util.ArrayList;
import java.util.List;

/** Collects every fault of the configuration, so that all are told together, with file and line. */
public final class Problems {
    private final List<String> faults = new ArrayList<>();

    /** Adds {@code file:line: what: hint}; the line is 1-based, 0 where there is none and then left out. */
    public void add(String file, int line, String what, String hint) {
        faults.add(file + (line == 0 ? "" : ":" + line) + ": " + what + ": " + hint);
    }

    public boolean isEmpty() {
        return faults.isEmpty();
    }

    public List<String> all() {
        return List.copyOf(faults);
    }

    /** Throws {@link ConfigurationFault} with all faults when there are any. */
    public void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new ConfigurationFault(all());
        }
    }
}
