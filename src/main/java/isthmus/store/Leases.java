package isthmus.store;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which hub may pull a system or tell the feed. A lease is renewed as long as this hub lives and is free for others when it
 * was not renewed for a term; its epoch is checked in every chunk's transaction, so a hub that slept writes nothing.
 */
public final class Leases implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
    private static final int RENEWALS_A_TERM = 3;

    private final LeaseTable table;
    private final JdbcClient jdbc;
    private final String holder;
    private final Duration term;
    private final Map<String, Lease> held = new ConcurrentHashMap<>();
    private @Nullable ScheduledExecutorService keeper;

    /**
     * @param holder names this process, and no other ever
     * @param term how long a hub may be silent; renewed three times in it
     */
    public Leases(DataSource source, String holder, Duration term) {
        this.table = new LeaseTable(source, holder, term);
        this.jdbc = JdbcClient.create(source);
        this.holder = holder;
        this.term = term;
    }

    /** The right to write for {@code name}, as of an epoch that rises with every change of hands. */
    public record Lease(String name, String holder, long epoch) {}

    /** A lease as the table shows it; {@code expires} rises as long as its holder lives. */
    public record Standing(
            String name, String holder, long epoch, OffsetDateTime since, OffsetDateTime expires, boolean free) {}

    /** Whoever wants to write may not, because another hub has taken over or the run is over; nothing was written. */
    public static final class Fenced extends RuntimeException {
        Fenced(String why) {
            super(why);
        }
    }

    /** The lease, held until {@link #release} or {@link #close}; empty while another hub holds it. */
    public Optional<Lease> hold(String name) {
        Lease ours = held.get(name);
        if (ours != null) {
            return Optional.of(ours);
        }
        Optional<Lease> taken = table.take(name);
        taken.ifPresent(lease -> {
            held.put(name, lease);
            keep();
        });
        return taken;
    }

    /** What this hub remembers; after a sleep it may be out of date until the next renewal. */
    public boolean holds(String name) {
        return held.containsKey(name);
    }

    /** Asks the store: true when the lease is this hub's, or can be had. */
    public boolean confirm(String name) {
        Lease lease = held.get(name);
        return lease == null ? hold(name).isPresent() : renew(lease);
    }

    /** Lets another hub go on at once. */
    public void release(String name) {
        Lease lease = held.remove(name);
        if (lease != null) {
            table.release(lease);
        }
    }

    public Duration term() {
        return term;
    }

    /** Every lease that was ever taken. */
    public List<Standing> all() {
        return all(jdbc);
    }

    static List<Standing> all(JdbcClient jdbc) {
        return jdbc.sql("select name, holder, epoch, since, expires, expires <= clock_timestamp() from lease"
                        + " order by name")
                .query((row, n) -> new Standing(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getObject(4, OffsetDateTime.class),
                        row.getObject(5, OffsetDateTime.class),
                        row.getBoolean(6)))
                .list();
    }

    /** True when the standing lease is this hub's. */
    public boolean isOurs(Standing standing) {
        return standing.holder().equals(holder) && !standing.free();
    }

    private synchronized void keep() {
        if (keeper == null) {
            keeper = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread thread = new Thread(work, "leases");
                thread.setDaemon(true);
                return thread;
            });
            long every = term.toMillis() / RENEWALS_A_TERM;
            keeper.scheduleWithFixedDelay(this::renewAll, every, every, TimeUnit.MILLISECONDS);
        }
    }

    private void renewAll() {
        held.forEach((name, lease) -> {
            try {
                renew(lease);
            } catch (RuntimeException away) {
                // A scheduled task that throws is never run again, and this one is the hub's pulse.
                LOG.warn("STORE-AWAY: the lease of {} could not be renewed: {}", name, away.toString());
            }
        });
    }

    private boolean renew(Lease lease) {
        boolean isOurs = table.renew(lease);
        if (!isOurs && held.remove(lease.name(), lease)) {
            LOG.error("FENCED: this hub has lost the lease of {}; another one goes on", lease.name());
        }
        return isOurs;
    }

    /** A renewal under way would take back what is released. */
    private static void awaitEnd(ScheduledExecutorService ending) {
        try {
            ending.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Releases everything. */
    @Override
    public synchronized void close() {
        if (keeper != null) {
            keeper.shutdownNow();
            awaitEnd(keeper);
        }
        for (String name : List.copyOf(held.keySet())) {
            try {
                release(name);
            } catch (DataAccessException away) {
                LOG.warn("STORE-AWAY: the lease of {} ends by itself in {}", name, term);
            }
        }
    }
}
