package isthmus.flow;

import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.feed.Relay;
import isthmus.reconcile.Deletes;
import isthmus.reconcile.NightOptions;
import isthmus.store.Runs;
import java.util.Comparator;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

/** The staying hub's rhythm: the feed is told all the time, and every system pulled again {@code every} so often after its last run. */
final class Schedule implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
    private static final long A_PULL_ENDS_WITHIN_SECONDS = 30;

    private final Catalog catalog;
    private final Passes passes;
    private final Deletes deletes;
    private final Relay relay;
    private final Runs runs;
    private final ScheduledExecutorService threads;
    private volatile boolean running;

    Schedule(Catalog catalog, Passes passes, Deletes deletes, Relay relay, Runs runs) {
        this.catalog = catalog;
        this.passes = passes;
        this.deletes = deletes;
        this.relay = relay;
        this.runs = runs;
        this.threads =
                Executors.newScheduledThreadPool(Math.max(1, catalog.systems().size()));
    }

    /** Only when everything stands: Camel starts its routes after the other beans have been started. */
    @Override
    @EventListener(ApplicationReadyEvent.class)
    public void start() {
        running = true;
        runs.failAbandoned();
        relay.start();
        for (LegacySystem system : catalog.systems()) {
            threads.scheduleWithFixedDelay(() -> pull(system), 0, system.every().toMillis(), TimeUnit.MILLISECONDS);
            system.pulls().stream()
                    .flatMap(pull -> Stream.ofNullable(pull.deletes()))
                    .map(Pull.Deletes::every)
                    .min(Comparator.naturalOrder())
                    .ifPresent(every -> threads.scheduleWithFixedDelay(
                            () -> compareKeys(system), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    /** A scheduled task that throws is never run again, so whatever a run throws ends here, told. */
    private void pull(LegacySystem system) {
        try {
            passes.one(system, "schedule", pieces -> {}).problems().forEach(problem -> LOG.error("{}", problem));
        } catch (RuntimeException fault) {
            LOG.error("run of {} could not be kept in the ledger: {}", system.name(), fault.toString());
        }
    }

    private void compareKeys(LegacySystem system) {
        try {
            deletes.carryOut(system.name(), NightOptions.SETTLE, "schedule").stream()
                    .flatMap(gone -> Stream.ofNullable(gone.refusal()))
                    .forEach(refusal -> LOG.error("{}: {}", system.name(), refusal));
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
