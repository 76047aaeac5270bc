package isthmus.reconcile;

import isthmus.crosscheck.CheckResult;
import isthmus.crosscheck.CrossChecks;
import isthmus.identity.LinkReport;
import isthmus.identity.Linking;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The steps of one night: each is written down when it is done, so that a night that was stopped does it no second time. */
final class NightSteps implements Watch.Notes, Linking.Notes, CrossChecks.Notes {
    private static final String SYSTEM = "system ";
    private static final String LINKS = "links";
    private static final String CHECK = "check ";

    private static final String WRITE = """
            insert into reconcile_step (night, step, result, at) select ?, ?, ?::json, ?::timestamptz
            where not exists (select from reconcile_run where id > ?)""";

    private final long night;
    private final DataSource store;
    private final Night.Listener listener;
    private final BooleanSupplier stopped;
    private final Clock clock;
    private final Map<String, String> earlier = new HashMap<>();
    private final Set<String> all;
    private final Set<String> done;

    /**
     * @param systems those of the night, by name; checks by code
     * @param areAll whether these are all systems, and links and checks belong to the night
     * @param stopped whether the hub ends, so that nothing more is written down: what is found while everything is being
     *     closed is no finding
     */
    NightSteps(
            long night,
            DataSource store,
            Collection<String> systems,
            boolean areAll,
            Collection<String> checks,
            Night.Listener listener,
            BooleanSupplier stopped,
            Clock clock) {
        this.night = night;
        this.store = store;
        this.listener = listener;
        this.stopped = stopped;
        this.clock = clock;
        Stream<String> between = Stream.concat(Stream.of(LINKS), checks.stream().map(CHECK::concat));
        this.all = Stream.concat(systems.stream().map(SYSTEM::concat), areAll ? between : Stream.empty())
                .collect(Collectors.toUnmodifiableSet());
        read();
        this.done = new HashSet<>(earlier.keySet());
        done.retainAll(all);
    }

    int done() {
        return done.size();
    }

    int all() {
        return all.size();
    }

    @Override
    public Watch.@Nullable Seen seen(String system) {
        String result = earlier.get(SYSTEM + system);
        return result == null ? null : NightJson.seen(result);
    }

    @Override
    public @Nullable LinkReport linked() {
        String result = earlier.get(LINKS);
        return result == null ? null : NightJson.links(result);
    }

    @Override
    public @Nullable CheckResult found(String code) {
        String result = earlier.get(CHECK + code);
        return result == null ? null : NightJson.check(result);
    }

    @Override
    public void linking() {
        looking(LINKS);
    }

    @Override
    public void looking(String name) {
        goOn();
        listener.step(done.size(), all.size(), name);
    }

    @Override
    public void settled(String system, Watch.Seen seen) {
        try (Connection connection = store.getConnection()) {
            write(connection, SYSTEM + system, NightJson.write(seen));
        } catch (SQLException fault) {
            throw new StoreFault("a step of the night cannot be written down", fault);
        }
    }

    @Override
    public void settled(LinkReport report, Connection within) throws SQLException {
        write(within, LINKS, NightJson.write(report));
    }

    @Override
    public void settled(CheckResult result, Connection within) throws SQLException {
        write(within, CHECK + result.code(), NightJson.write(result));
    }

    /**
     * A step that is there already is another hub's, which has taken up this night; the key refuses it. A night that has
     * lost its lock to a later one writes no step, and nothing that belongs to the step.
     */
    private void write(Connection connection, String step, String result) throws SQLException {
        goOn();
        try (PreparedStatement insert = connection.prepareStatement(WRITE)) {
            insert.setLong(1, night);
            insert.setString(2, step);
            insert.setString(3, result);
            insert.setObject(4, OffsetDateTime.now(clock));
            insert.setLong(5, night);
            if (insert.executeUpdate() == 0) {
                throw new StoreFault(
                        "night " + night + " goes on no more", new IllegalStateException("a later night has begun"));
            }
        }
        done.add(step);
    }

    private void goOn() {
        if (stopped.getAsBoolean()) {
            throw new NightStopped(night);
        }
    }

    private void read() {
        try (Connection connection = store.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select step, result::text from reconcile_step where night = ?")) {
            query.setLong(1, night);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    earlier.put(row.getString(1), row.getString(2));
                }
            }
        } catch (SQLException fault) {
            throw new StoreFault("the steps of the night cannot be read", fault);
        }
    }
}
