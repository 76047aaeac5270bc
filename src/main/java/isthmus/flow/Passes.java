package isthmus.flow;

import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.store.RunBalance;
import isthmus.store.Runs;
import isthmus.store.Tally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;

/** Runs the pulls of the systems once, each system in a run of its own and at its own pace. */
public final class Passes {
    private final Catalog catalog;
    private final Pulls pulls;
    private final Runs runs;

    Passes(Catalog catalog, Pulls pulls, Runs runs) {
        this.catalog = catalog;
        this.pulls = pulls;
        this.runs = runs;
    }

    /** The systems of routes/. */
    public Set<String> systems() {
        Set<String> names = new TreeSet<>();
        catalog.systems().forEach(system -> names.add(system.name()));
        return names;
    }

    /**
     * One pass over the chosen systems, side by side: none waits for a slower one.
     *
     * @param chosen empty for all
     * @param progress is told the pieces of each chunk as it is committed
     */
    public PassReport once(Set<String> chosen, LongConsumer progress) {
        List<LegacySystem> systems = catalog.systems().stream()
                .filter(system -> chosen.isEmpty() || chosen.contains(system.name()))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, systems.size()));
        try {
            List<CompletableFuture<PassReport>> passes = systems.stream()
                    .map(system -> CompletableFuture.supplyAsync(() -> one(system, "command", progress), threads))
                    .toList();
            return passes.stream()
                    .map(CompletableFuture::join)
                    .reduce(new PassReport(Map.of(), List.of()), PassReport::plus);
        } finally {
            threads.shutdownNow();
        }
    }

    /** One run over one system: every pull in the order of its system.yaml; a failed pull does not stop the next. */
    PassReport one(LegacySystem system, String trigger, LongConsumer progress) {
        long run = runs.begin(system.name(), trigger);
        List<String> problems = new ArrayList<>();
        for (Pull pull : system.pulls()) {
            PullReport report = pulls.run(system.name(), pull.name(), run, progress);
            Failure failure = report.failure();
            if (failure != null) {
                problems.add(system.name() + "." + pull.name() + ": "
                        + failure.reason().code() + ": " + failure.text());
            }
        }
        Map<String, Tally> tallies;
        if (problems.isEmpty()) {
            RunBalance balance = runs.end(run);
            tallies = balance.tallies();
            balance.problems().forEach(problem -> problems.add(system.name() + ": BALANCE: " + problem));
        } else {
            tallies = runs.tallies(run);
            runs.fail(run, String.join("; ", problems));
        }
        Map<String, Map<String, Tally>> systems = new LinkedHashMap<>();
        systems.put(system.name(), new TreeMap<>(tallies));
        return new PassReport(systems, problems);
    }
}
