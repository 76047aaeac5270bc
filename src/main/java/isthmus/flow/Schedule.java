package isthmus.flow;

import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.feed.Backlog;
import isthmus.feed.Relay;
import isthmus.model.Reason;
import isthmus.reconcile.Deletes;
import isthmus.store.Leases;
import isthmus.store.Leases.Lease;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

/**
 * The staying hub's rhythm: the feed is told all the time, and every system pulled again {@code every} so often after its
 * last run; a system that another hub pulls is asked for again and again.
 */
final class Schedule implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
    private static final long A_PULL_ENDS_WITHIN_SECONDS = 30;

    private final Editions editions;
    private final Passes passes;
    private final Deletes deletes;
    private final Relay relay;
    private final Backlog backlog;
    private final Leases leases;
    private final Duration settle;
    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(1);
    private final Set<String> pulled = new HashSet<>();
    private final Map<String, Comparing> compared = new HashMap<>();
    private volatile boolean running;

    /** A system's comparison of keys, as it is planned. */
    private record Comparing(Duration every, ScheduledFuture<?> plan) {}

    /** @param settle rows that changed in this time before a comparison of keys are left out of it */
    Schedule(
            Editions editions,
            Passes passes,
            Deletes deletes,
            Relay relay,
            Backlog backlog,
            Leases leases,
            Duration settle) {
        this.editions = editions;
        this.passes = passes;
        this.deletes = deletes;
        this.relay = relay;
        this.backlog = backlog;
        this.leases = leases;
        this.settle = settle;
        threads.setRemoveOnCancelPolicy(true);
    }

    /** Only when everything stands: Camel starts its routes after the other beans have been started. */
    @Override
    @EventListener(ApplicationReadyEvent.class)
    public void start() {
        running = true;
        relay.start();
        editions.catalog().systems().forEach(system -> follow(system.name()));
    }

    /** Takes up the rhythm of a system as it is in force now; once it is no more in force, its last run was the last. */
    synchronized void follow(String name) {
        LegacySystem system = editions.system(name).orElse(null);
        if (running && system != null && pulled.add(name)) {
            threads.setCorePoolSize(pulled.size());
            threads.execute(() -> pull(name, System.nanoTime()));
        }
        Duration every = system == null
                ? null
                : system.pulls().stream()
                        .flatMap(pull -> Stream.ofNullable(pull.deletes()))
                        .map(Pull.Deletes::every)
                        .min(Comparator.naturalOrder())
                        .orElse(null);
        Comparing planned = compared.get(name);
        if (planned != null && !planned.every().equals(every)) {
            planned.plan().cancel(false);
            compared.remove(name);
        }
        if (running && every != null && !compared.containsKey(name)) {
            ScheduledFuture<?> plan = threads.scheduleWithFixedDelay(
                    () -> compareKeys(name), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
            compared.put(name, new Comparing(every, plan));
        }
    }

    /** The system to pull; empty once it is no more, and then another hub may have it. */
    private synchronized Optional<LegacySystem> stillThere(String name) {
        Optional<LegacySystem> system = editions.system(name);
        if (system.isEmpty()) {
            pulled.remove(name);
            leases.release(name);
        }
        return system;
    }

    /**
     * Pulls when it is due, and asks for the lease often in any case: a hub that holds it may lose it, and get it again long
     * before its next run would have been.
     */
    private void pull(String name, long due) {
        long next = due;
        LegacySystem system = stillThere(name).orElse(null);
        if (system == null) {
            return;
        }
        try {
            Optional<Lease> lease = leases.hold(system.name());
            if (lease.isEmpty()) {
                next = System.nanoTime();
            } else if (System.nanoTime() - due >= 0 && !backlog.isFull()) {
                next = after(system);
                passes.one(system, lease.get(), "schedule", pieces -> {})
                        .problems()
                        .forEach(problem -> LOG.error("{}", problem));
                next = backlog.isFull() ? System.nanoTime() : after(system);
            }
        } catch (Leases.Fenced lost) {
            LOG.warn("{}: {}", Reason.FENCED.code(), lost.getMessage());
        } catch (RuntimeException fault) {
            LOG.error("run of {} could not be kept in the ledger: {}", system.name(), fault.toString());
        }
        if (running) {
            long from = next;
            // What is due already waits for the lease or for the feed.
            long left = from - System.nanoTime();
            long pause = left > 0 ? Math.min(left, asking()) : asking();
            threads.schedule(() -> pull(name, from), pause, TimeUnit.NANOSECONDS);
        }
    }

    private static long after(LegacySystem system) {
        return System.nanoTime() + system.every().toNanos();
    }

    /** Often enough to go on soon after another hub's last sign of life. */
    private long asking() {
        return leases.term().dividedBy(5).toNanos();
    }

    /** A scheduled task that throws is never run again, so whatever it throws ends here, told. */
    private void compareKeys(String system) {
        try {
            leases.hold(system).stream()
                    .flatMap(lease -> deletes.carryOut(lease, settle).stream())
                    .flatMap(gone -> Stream.ofNullable(gone.refusal()))
                    .forEach(refusal -> LOG.error("{}: {}", system, refusal));
        } catch (Leases.Fenced lost) {
            LOG.warn("{}: {}", Reason.FENCED.code(), lost.getMessage());
        } catch (RuntimeException fault) {
            LOG.error("the keys of {} could not be compared: {}", system, fault.toString());
        }
    }

    @Override
    public void stop() {
        running = false;
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(A_PULL_ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a pull is still under way; its open chunk is rolled back");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isAutoStartup() {
        return false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
