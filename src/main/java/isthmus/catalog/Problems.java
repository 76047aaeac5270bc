package isthmus.catalog;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects every fault of the configuration, so that all are told together, with file and line. */
public final class Problems {
    // A file that two readers look at is told once.
    private final Set<Fault> faults = new LinkedHashSet<>();

    /**
     * One fault.
     *
     * @param line 1-based, 0 where there is none
     */
    public record Fault(String file, int line, String reason, String hint) {
        /** {@code file:line: reason: hint}. */
        @Override
        public String toString() {
            return file + (line == 0 ? "" : ":" + line) + ": " + reason + ": " + hint;
        }
    }

    /** Adds {@code file:line: what: hint}; the line is 1-based, 0 where there is none and then left out. */
    public void add(String file, int line, String what, String hint) {
        faults.add(new Fault(file, line, what, hint));
    }

    public boolean isEmpty() {
        return faults.isEmpty();
    }

    public List<String> all() {
        return faults.stream().map(Fault::toString).toList();
    }

    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** Throws {@link ConfigurationFault} with all faults when there are any. */
    public void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new ConfigurationFault(all());
        }
    }
}
