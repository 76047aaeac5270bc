package isthmus.demo.crm;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The transport faults that are still to happen. Every second call may fail, the kinds in turn, and never a call that
 * failed when it was last asked; what happened is written down, so that a restart does not begin again.
 */
final class FaultPlan {
    /** What may go wrong on the way. */
    enum Kind {
        FAULT,
        FAULT200,
        CUT,
        SLOW
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path leftFile;
    private final Map<Kind, Integer> left = new EnumMap<>(Kind.class);
    private final Set<String> justFailed = new HashSet<>();
    private int calls;
    private int turn;

    private FaultPlan(Path leftFile) {
        this.leftFile = leftFile;
    }

    static FaultPlan read(Path planned, Path leftFile) throws IOException {
        var plan = new FaultPlan(leftFile);
        Path file = Files.exists(leftFile) ? leftFile : planned;
        var counts = JSON.readTree(file.toFile());
        for (Kind kind : Kind.values()) {
            plan.left.put(kind, counts.path(name(kind)).asInt());
        }
        return plan;
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** What goes wrong with this call; null when nothing does. */
    synchronized @Nullable Kind next(String call) throws IOException {
        calls++;
        if (justFailed.remove(call) || calls % 2 != 0) {
            return null;
        }
        for (int i = 0; i < Kind.values().length; i++) {
            Kind kind = Kind.values()[turn++ % Kind.values().length];
            if (left.merge(kind, 0, Integer::sum) > 0) {
                left.merge(kind, -1, Integer::sum);
                justFailed.add(call);
                save();
                return kind;
            }
        }
        return null;
    }

    private void save() throws IOException {
        var counts = JSON.createObjectNode();
        left.forEach((kind, count) -> counts.put(name(kind), count));
        JSON.writeValue(leftFile.toFile(), counts);
    }
}
