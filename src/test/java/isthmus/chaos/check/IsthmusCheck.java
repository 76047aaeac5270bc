package isthmus.chaos.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The command {@code isthmus-check}: I1 to I9 of what must never happen, by SQL, the islands' own data, the topics and, of a
 * hub that runs, its management pages, its process and its logs. Knows no class of the hub.
 *
 * <pre>
 * src/test/isthmus-check --data DIR [--hub http://127.0.0.1:8086 --pid PID --log FILE --tmp DIR]
 *     [--baseline FILE]   I6: written when it is not there, compared when it is
 *     [--snapshot FILE]   I2: written when it is not there; when it is, the same input must have changed nothing since
 * </pre>
 *
 * Ends with 0 when everything holds, 1 on a breach, 2 when it cannot look.
 */
public final class IsthmusCheck {
    private IsthmusCheck() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        try {
            Map<String, String> options = options(arguments);
            if (!options.containsKey("data")) {
                System.err.println("usage: isthmus-check --data DIR [--hub URL --pid PID --log FILE --tmp DIR]"
                        + " [--baseline FILE] [--snapshot FILE]");
                return 2;
            }
            Ground ground = Ground.of(Path.of(options.get("data")), hub(options));
            List<Verdict> verdicts = check(ground, file(options, "baseline"), file(options, "snapshot"));
            verdicts.forEach(System.out::println);
            return verdicts.stream().allMatch(Verdict::holds) ? 0 : 1;
        } catch (IOException | SQLException | RuntimeException fault) {
            System.err.println("isthmus-check cannot look: " + fault);
            return 2;
        }
    }

    /**
     * All invariants.
     *
     * @param baseline of I6, null for none
     * @param snapshot of I2, null for none
     */
    public static List<Verdict> check(Ground ground, Path baseline, Path snapshot) throws IOException, SQLException {
        Verdict lost = new Verdict("I1", "nothing lost");
        Verdict doubled = new Verdict("I2", "nothing double");
        Truths.check(ground, lost, doubled);
        Singles.check(ground, doubled);
        if (snapshot != null && Files.exists(snapshot)) {
            Snapshot.read(snapshot).compare(Snapshot.take(ground), doubled);
            doubled.count("applied", "twice");
        } else if (snapshot != null) {
            Snapshot.take(ground).write(snapshot);
        }
        Verdict feed = new Verdict("I3", "the feed is the store's");
        Feed.check(ground, feed);
        Verdict totals = new Verdict("I4", "totals are exact");
        Balance.check(ground, totals);
        Verdict progress = new Verdict("I5", "the feed has caught up");
        Honesty.progress(ground, progress);
        Verdict resources = resources(ground, baseline);
        Verdict trail = new Verdict("I7", "every decision has its row");
        Trail.check(ground, trail);
        Verdict health = new Verdict("I8", "health says what is");
        Honesty.health(ground, health);
        Verdict canaries = new Verdict("I9", "nothing personal shows");
        Canaries.check(ground, canaries);
        return List.of(lost, doubled, feed, totals, progress, resources, trail, health, canaries);
    }

    /** What holds at any moment, even while nothing is whole yet. */
    public static List<Verdict> midway(Ground ground) throws IOException, SQLException {
        Verdict doubled = new Verdict("I2", "nothing double");
        Singles.check(ground, doubled);
        Verdict feed = new Verdict("I3", "the feed is the log's");
        Feed.midway(ground, feed);
        Verdict totals = new Verdict("I4", "runs balance");
        Balance.runs(ground, totals);
        return List.of(doubled, feed, totals);
    }

    private static Verdict resources(Ground ground, Path baseline) throws IOException {
        Verdict verdict = new Verdict("I6", "nothing is left behind");
        Ground.Hub hub = ground.hub();
        if (hub == null) {
            verdict.remark("no hub was given (--hub)");
            return verdict;
        }
        Resources now = Resources.atRest(hub);
        now.check(verdict);
        if (baseline != null && Files.exists(baseline)) {
            Resources.read(baseline).compare(now, verdict);
        } else if (baseline != null) {
            now.write(baseline);
        }
        return verdict;
    }

    private static Map<String, String> options(String... arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i].replaceFirst("^--", ""), arguments[i + 1]);
        }
        return options;
    }

    private static Path file(Map<String, String> options, String name) {
        return options.containsKey(name) ? Path.of(options.get(name)) : null;
    }

    private static Ground.Hub hub(Map<String, String> options) {
        if (!options.containsKey("hub")) {
            return null;
        }
        List<Path> logs = new ArrayList<>();
        if (options.containsKey("log")) {
            logs.add(Path.of(options.get("log")));
        }
        Path temporary = Path.of(options.getOrDefault("tmp", System.getProperty("java.io.tmpdir")));
        return new Ground.Hub(options.get("hub"), Long.parseLong(options.getOrDefault("pid", "0")), logs, temporary);
    }
}
