package isthmus.flow;

import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Reason;
import isthmus.store.Leases;
import isthmus.store.Leases.Lease;
import isthmus.store.Leases.Standing;
import isthmus.store.RunBalance;
import isthmus.store.Runs;
import isthmus.store.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;

/** Runs the pulls of the systems once, each system in a run of its own and at its own pace. */
public final class Passes {
    private static final Duration MARGIN = Duration.ofSeconds(3);
    private static final Duration ASKING_AGAIN = Duration.ofMillis(300);

    private final Editions editions;
    private final Pulls pulls;
    private final Runs runs;
    private final Leases leases;

    Passes(Editions editions, Pulls pulls, Runs runs, Leases leases) {
        this.editions = editions;
        this.pulls = pulls;
        this.runs = runs;
        this.leases = leases;
    }

    /** What routes/ and config/ said when they were last taken in. */
    public Catalog catalog() {
        return editions.catalog();
    }

    /** The systems of routes/. */
    public Set<String> systems() {
        Set<String> names = new TreeSet<>();
        catalog().systems().forEach(system -> names.add(system.name()));
        return names;
    }

    /**
     * One pass over the chosen systems, side by side: none waits for a slower one. A hub that died is waited out; one that
     * lives shows it by a renewal.
     *
     * @param chosen empty for all
     * @param progress is told the pieces of each chunk as it is committed
     * @throws HeldElsewhere when another hub pulls one of the systems; nothing was pulled then
     */
    public PassReport once(Set<String> chosen, LongConsumer progress) {
        List<LegacySystem> systems = catalog().systems().stream()
                .filter(system -> chosen.isEmpty() || chosen.contains(system.name()))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, systems.size()));
        try {
            Map<LegacySystem, Lease> held = new LinkedHashMap<>();
            systems.forEach(system -> held.put(system, waitFor(system.name())));
            List<CompletableFuture<PassReport>> passes = held.entrySet().stream()
                    .map(each -> CompletableFuture.supplyAsync(
                            () -> one(each.getKey(), each.getValue(), "command", progress), threads))
                    .toList();
            return passes.stream()
                    .map(CompletableFuture::join)
                    .reduce(new PassReport(Map.of(), List.of()), PassReport::plus);
        } finally {
            threads.shutdownNow();
            systems.forEach(system -> leases.release(system.name()));
        }
    }

    private Lease waitFor(String system) {
        Instant patience = Instant.now().plus(leases.term()).plus(MARGIN);
        Optional<Standing> first = standing(system);
        Optional<Lease> lease = leases.hold(system);
        while (lease.isEmpty()) {
            Optional<Standing> now = standing(system);
            boolean isAlive = first.isPresent()
                    && now.isPresent()
                    && now.get().expires().isAfter(first.get().expires());
            if (isAlive || Instant.now().isAfter(patience) || !Backoff.sleep(ASKING_AGAIN)) {
                throw new HeldElsewhere(system, now);
            }
            lease = leases.hold(system);
        }
        return lease.get();
    }

    private Optional<Standing> standing(String system) {
        return leases.all().stream()
                .filter(standing -> standing.name().equals(system))
                .findFirst();
    }

    /** One run over one system: every pull in the order of its system.yaml; a failed pull does not stop the next. */
    PassReport one(LegacySystem system, Lease lease, String trigger, LongConsumer progress) {
        long run = runs.begin(lease, trigger);
        boolean isFenced = false;
        List<String> problems = new ArrayList<>();
        for (Pull pull : system.pulls()) {
            PullReport report = pulls.run(system.name(), pull.name(), run, progress);
            Failure failure = report.failure();
            if (failure != null) {
                problems.add(system.name() + "." + pull.name() + ": "
                        + failure.reason().code() + ": " + failure.text());
                isFenced = failure.reason() == Reason.FENCED;
                if (isFenced || failure.reason() == Reason.FEED_FULL) {
                    break;
                }
            }
        }
        Map<String, Tally> tallies;
        if (problems.isEmpty()) {
            RunBalance balance = runs.end(run);
            tallies = balance.tallies();
            balance.problems().forEach(problem -> problems.add(system.name() + ": BALANCE: " + problem));
        } else {
            tallies = runs.tallies(run);
            if (!isFenced) {
                runs.fail(run, String.join("; ", problems));
            }
        }
        Map<String, Map<String, Tally>> systems = new LinkedHashMap<>();
        systems.put(system.name(), new TreeMap<>(tallies));
        return new PassReport(systems, problems);
    }
}
