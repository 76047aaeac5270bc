package isthmus.flow;

import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Normalized;
import isthmus.model.Position;
import isthmus.source.Extraction;
import isthmus.source.FileArrival;
import isthmus.source.Folder;
import isthmus.source.Inbox;
import isthmus.source.SourceAway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Reads live pieces of a system through its own routes, only to look at them: stores nothing, moves no cursor, and leaves
 * every file where it lies.
 */
public final class Rehearsal implements AutoCloseable {
    private static final Backoff ONCE = new Backoff(0, Duration.ofMillis(1), Duration.ofMillis(1));
    private static final int ATTEMPTS = 5;
    private static final long NO_RUN = 0;

    private final Catalog catalog;
    private final Clock clock;
    private final Path work;
    private final Bus bus = BusFactory.newInstance().createBus();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Crossing crossing;
    private @Nullable String since;
    private Predicate<Chunk> wanted = chunk -> false;
    private boolean enough;
    private boolean handed;

    private Rehearsal(Catalog catalog, List<Edition> editions, Path work, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
        this.work = work;
        crossing = new Crossing(context, editions, this::position, ArchivedFile.NOTHING_CLAIMED, work, bus, clock);
    }

    /** Connects the catalog's systems; their servers are asked only when something is read. */
    public static Rehearsal open(Catalog catalog, Clock clock) {
        try {
            return start(catalog, Edition.all(catalog), clock);
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException("no folder for files under way", fault);
        } catch (Exception fault) {
            throw new IllegalStateException("the routes do not start", fault);
        }
    }

    /** The same with editions that were read before; throws what Camel throws when their routes do not start. */
    static Rehearsal start(Catalog catalog, List<Edition> editions, Clock clock) throws Exception {
        Path work = Files.createTempDirectory("isthmus-rehearsal");
        Rehearsal rehearsal = new Rehearsal(catalog, editions, work, clock);
        try {
            rehearsal.crossing.open(chunk -> new Normalized(chunk, Map.of(), Map.of()), rehearsal::hand);
            rehearsal.context.start();
            return rehearsal;
        } catch (Exception fault) {
            rehearsal.close();
            throw fault;
        }
    }

    private Optional<Position> position(String system, String pull) {
        return Optional.ofNullable(since).map(time -> new Position(system, pull, "{\"time\":\"" + time + "\"}"));
    }

    /**
     * Reads until nobody wants more.
     *
     * @param from a local time {@code 2026-11-01 00:00:00} in the system's zone, null for the beginning; without meaning for
     *     files, of which first those that wait are read and then those that were put away
     * @param wantsMore is given each chunk and answers whether to go on
     * @return why it ended before that, or null
     */
    public @Nullable Failure read(String system, String pull, @Nullable String from, Predicate<Chunk> wantsMore) {
        LegacySystem legacy = catalog.system(system);
        if (legacy.isOfFiles()) {
            return files(legacy, legacy.pull(pull), wantsMore);
        }
        since = from;
        wanted = wantsMore;
        enough = false;
        handed = false;
        Failure failure = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            failure = crossing.pulls(ONCE, clock).run(system, pull, NO_RUN).failure();
            // What was seen once must not be seen twice.
            if (failure == null || enough || handed || !failure.isWorthRetrying()) {
                break;
            }
        }
        return enough ? null : failure;
    }

    private void hand(Normalized untouched) {
        handed = true;
        if (!wanted.test(untouched.chunk())) {
            enough = true;
            throw new Enough();
        }
    }

    private @Nullable Failure files(LegacySystem system, Pull pull, Predicate<Chunk> wantsMore) {
        Path own = work.resolve(system.name() + "." + pull.name());
        Extraction extraction = new Extraction(system, pull, NO_RUN, OffsetDateTime.now(clock.withZone(system.zone())));
        try (Folder folder = crossing.folder(system.name(), own)) {
            List<Folder> shelves = new ArrayList<>(List.of(new Untouched(folder, own, false)));
            shelves.addAll(ArchivedFile.of(folder, pull));
            for (Folder shelf : shelves) {
                try (Inbox inbox = new Inbox(extraction, shelf, ArchivedFile.NOTHING_CLAIMED, own, clock)) {
                    for (FileArrival arrival : inbox.arrived()) {
                        Iterator<Chunk> chunks = arrival.chunks();
                        while (chunks.hasNext()) {
                            if (!wantsMore.test(chunks.next())) {
                                return null;
                            }
                        }
                    }
                }
            }
            return null;
        } catch (SourceAway away) {
            return Failure.of(away);
        }
    }

    /** The system's folder, opened for looking; the caller closes it. */
    public Folder folder(String system) {
        return new Untouched(crossing.folder(system, work), work, true);
    }

    /** A connection to the system's database, which reads only; the caller closes it. */
    public Connection database(String system) throws SQLException {
        DataSource pool = context.getRegistry().lookupByNameAndType(system, DataSource.class);
        if (pool == null) {
            throw new IllegalArgumentException(system + " is not a database");
        }
        return pool.getConnection();
    }

    @Override
    public void close() {
        context.stop();
        crossing.close();
        bus.shutdown(false);
        try {
            FileSystemUtils.deleteRecursively(work);
        } catch (IOException left) {
            throw new java.io.UncheckedIOException("cannot delete " + work, left);
        }
    }

    /** A folder in which nothing is moved or deleted, whoever asks; what is only lent is not closed either. */
    private record Untouched(Folder folder, Path landing, boolean isOwn) implements Folder {
        @Override
        public List<Entry> list(String directory) {
            return folder.list(directory);
        }

        @Override
        public boolean exists(String path) {
            return folder.exists(path);
        }

        @Override
        public Path fetch(String directory, String name, Path into) {
            Path fetched = folder.fetch(directory, name, landing);
            try {
                return into.equals(landing) ? fetched : Files.move(fetched, into.resolve(name));
            } catch (IOException fault) {
                throw new SourceAway("cannot keep the fetched file " + name, fault);
            }
        }

        @Override
        public void rename(String from, String to) {
            throw new IllegalStateException("whoever looks moves nothing");
        }

        @Override
        public void delete(String path) {
            throw new IllegalStateException("whoever looks deletes nothing");
        }

        @Override
        public void close() {
            if (isOwn) {
                folder.close();
            }
        }
    }
}
