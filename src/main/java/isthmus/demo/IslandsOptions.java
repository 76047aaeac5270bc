package isthmus.demo;

import isthmus.demo.data.WorldOptions;
import isthmus.demo.server.Berth;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the islands keep their data, where the broker's jars are, and the world that a new data directory gets.
 *
 * @param transfer how the files of readings are served, {@code sftp}, {@code ftp} or {@code ftps}; null for as before
 * @param as the name under which a network of containers knows this machine: the islands alone are served, on all of its
 *     addresses, and no store and no broker; null for all five servers, for this machine only
 */
public record IslandsOptions(
        Path data,
        Path brokerLib,
        long seed,
        int scale,
        int days,
        String faults,
        @Nullable String transfer,
        @Nullable String as,
        Consumer<String> progress) {
    private static final Set<String> FAULTS = Set.of("none", "light", "nasty");
    private static final Set<String> TRANSFERS = Set.of("sftp", "ftp", "ftps");
    private static final Set<String> NAMES =
            Set.of("data", "broker-lib", "seed", "scale", "days", "faults", "transfer", "as");

    public IslandsOptions {
        if (scale < 1 || days < 1) {
            throw new IllegalArgumentException("--scale and --days begin at 1");
        }
        if (!FAULTS.contains(faults)) {
            throw new IllegalArgumentException("--faults is none, light or nasty, not " + faults);
        }
        if (transfer != null && !TRANSFERS.contains(transfer)) {
            throw new IllegalArgumentException("--transfer is sftp, ftp or ftps, not " + transfer);
        }
    }

    public IslandsOptions(
            Path data, Path brokerLib, long seed, int scale, int days, String faults, Consumer<String> progress) {
        this(data, brokerLib, seed, scale, days, faults, null, null, progress);
    }

    /** Reads {@code --name value} pairs; throws IllegalArgumentException with what is wrong. */
    static IslandsOptions parse(List<String> arguments, Consumer<String> progress) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (!name.startsWith("--") || !NAMES.contains(name.substring(2))) {
                throw new IllegalArgumentException("no option " + name);
            }
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(name + " wants a value");
            }
            given.put(name.substring(2), arguments.get(i + 1));
        }
        if (!given.containsKey("data") || given.containsKey("broker-lib") == given.containsKey("as")) {
            throw new IllegalArgumentException("--data is needed, and either --broker-lib or --as");
        }
        return new IslandsOptions(
                Path.of(given.getOrDefault("data", "")),
                Path.of(given.getOrDefault("broker-lib", "")),
                Long.parseLong(given.getOrDefault("seed", "1")),
                Integer.parseInt(given.getOrDefault("scale", "2000")),
                Integer.parseInt(given.getOrDefault("days", "30")),
                given.getOrDefault("faults", "light"),
                given.get("transfer"),
                given.get("as"),
                progress);
    }

    Berth berth() {
        return as == null ? Berth.LOCAL : Berth.named(as);
    }

    WorldOptions world() {
        return new WorldOptions(seed, scale, days, faults, transfer != null && transfer.startsWith("ftp"));
    }
}
