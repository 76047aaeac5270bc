package isthmus.catalog;

import java.util.List;

/** The configuration is wrong: the message lists every fault with file and line; nothing was started. */
public final class ConfigurationFault extends RuntimeException {
    private final transient List<String> faults;

    public ConfigurationFault(List<String> faults) {
        super("CONFIG: " + faults.size() + " faults\n  " + String.join("\n  ", faults));
        this.faults = List.copyOf(faults);
    }

    public List<String> faults() {
        return faults;
    }
}
