package isthmus.flow;

import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.feed.Backlog;
import isthmus.feed.Relay;
import isthmus.model.Reason;
import isthmus.reconcile.Deletes;
import isthmus.reconcile.NightOptions;
import isthmus.store.Leases;
import isthmus.store.Leases.Lease;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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

    private final Catalog catalog;
    private final Passes passes;
    private final Deletes deletes;
    private final Relay relay;
    private final Backlog backlog;
    private final Leases leases;
    private final ScheduledExecutorService threads;
    private volatile boolean running;

    Schedule(Catalog catalog, Passes passes, Deletes deletes, Relay relay, Backlog backlog, Leases leases) {
        this.catalog = catalog;
        this.passes = passes;
        this.deletes = deletes;
        this.relay = relay;
        this.backlog = backlog;
        this.leases = leases;
        this.threads =
                Executors.newScheduledThreadPool(Math.max(1, catalog.systems().size()));
    }

    /** Only when everything stands: Camel starts its routes after the other beans have been started. */
    @Override
    @EventListener(ApplicationReadyEvent.class)
    public void start() {
        running = true;
        relay.start();
        for (LegacySystem system : catalog.systems()) {
            threads.execute(() -> pull(system, System.nanoTime()));
            system.pulls().stream()
                    .flatMap(pull -> Stream.ofNullable(pull.deletes()))
                    .map(Pull.Deletes::every)
                    .min(Comparator.naturalOrder())
                    .ifPresent(every -> threads.scheduleWithFixedDelay(
                            () -> compareKeys(system), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    /**
     * Pulls when it is due, and asks for the lease often in any case: a hub that holds it may lose it, and get it again long
     * before its next run would have been.
     */
    private void pull(LegacySystem system, long due) {
        long next = due;
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
            threads.schedule(() -> pull(system, from), pause, TimeUnit.NANOSECONDS);
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
    private void compareKeys(LegacySystem system) {
        try {
            leases.hold(system.name()).stream()
                    .flatMap(lease -> deletes.carryOut(lease, NightOptions.SETTLE).stream())
                    .flatMap(gone -> Stream.ofNullable(gone.refusal()))
                    .forEach(refusal -> LOG.error("{}: {}", system.name(), refusal));
        } catch (Leases.Fenced lost) {
            LOG.warn("{}: {}", Reason.FENCED.code(), lost.getMessage());
        } catch (RuntimeException fault) {
            LOG.error("the keys of {} could not be compared: {}", system.name(), fault.toString());
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
