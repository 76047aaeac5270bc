package isthmus.flow;

import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Normalized;
import isthmus.reconcile.LegacyShore;
import isthmus.source.ContractBroken;
import isthmus.source.Extraction;
import isthmus.source.FileArrival;
import isthmus.source.Folder;
import isthmus.source.Inbox;
import isthmus.source.SourceAway;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.cxf.Bus;
import org.jspecify.annotations.Nullable;

/**
 * The legacy systems read again from their beginning, through the same routes in a context of their own that has no
 * positions and stores nothing; files are read from where they were put away.
 */
final class NightShore implements LegacyShore, AutoCloseable {
    private static final Backoff ONCE = new Backoff(0, Duration.ofMillis(1), Duration.ofMillis(1));
    private static final int ATTEMPTS = 8;
    private static final int KEYS_AT_ONCE = 500;
    private static final long NO_RUN = 0;

    private final Editions editions;
    private final Bus bus;
    private final Path work;
    private final Clock clock;
    private @Nullable CamelContext context;
    private @Nullable Crossing crossing;
    private @Nullable Consumer<Chunk> sink;

    NightShore(Editions editions, Bus bus, Path work, Clock clock) {
        this.editions = editions;
        this.bus = bus;
        this.work = work;
        this.clock = clock;
    }

    @Override
    public synchronized void everything(String system, String pull, Consumer<Chunk> chunks) {
        read(edition(system, pull), pull, chunks);
    }

    @Override
    public synchronized void some(String system, String pull, Set<String> keys, Consumer<Chunk> chunks) {
        Edition whole = edition(system, pull);
        Map<String, String> labels = database(system)
                .map(database -> Narrowing.labels(database, whole.system().pull(pull)))
                .orElse(Map.of());
        List<String> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += KEYS_AT_ONCE) {
            Set<String> asked = Set.copyOf(all.subList(from, Math.min(from + KEYS_AT_ONCE, all.size())));
            Optional<LegacySystem> narrowed = Narrowing.of(whole.system(), pull, asked, labels);
            if (narrowed.isEmpty()) {
                read(whole, pull, chunks);
                return;
            }
            read(Edition.of(narrowed.get()), pull, chunks);
        }
    }

    @Override
    public Path folder() {
        return work;
    }

    @Override
    public synchronized Optional<DataSource> database(String system) {
        Edition edition =
                editions.of(system).orElseThrow(() -> new SourceAway("there is no " + system + " any more", null));
        if (!edition.system().transport().equals("jdbc")) {
            return Optional.empty();
        }
        openFor(edition);
        CamelContext open = context;
        return open == null
                ? Optional.empty()
                : Optional.ofNullable(open.getRegistry().lookupByNameAndType(system, DataSource.class));
    }

    private Edition edition(String system, String pull) {
        return editions.of(system)
                .filter(current -> current.has(pull))
                .orElseThrow(() -> new SourceAway("there is no " + system + "." + pull + " any more", null));
    }

    @Override
    public synchronized List<String> files(String system, String pull) {
        List<String> names = new ArrayList<>();
        trying(() -> {
            names.clear();
            return files(edition(system, pull), pull, file -> {
                names.add(file.kept());
                return null;
            });
        });
        return names;
    }

    @Override
    public synchronized void files(String system, String pull, Set<String> names, BiConsumer<String, Chunk> chunks) {
        String[] current = new String[1];
        Given given = new Given(chunk -> chunks.accept(current[0], chunk));
        trying(() -> {
            given.again();
            return files(edition(system, pull), pull, file -> {
                current[0] = file.kept();
                return names.contains(file.kept()) ? given : null;
            });
        });
    }

    private void read(Edition edition, String pull, Consumer<Chunk> chunks) {
        Crossing open = openFor(edition);
        Given given = new Given(chunks);
        trying(() -> {
            given.again();
            return edition.system().isOfFiles()
                    ? files(edition, pull, file -> given)
                    : route(open, edition.name(), pull, given);
        });
    }

    private static void trying(Supplier<@Nullable Failure> reading) {
        for (int attempt = 1; ; attempt++) {
            Failure failure = reading.get();
            if (failure == null) {
                return;
            }
            if (attempt == ATTEMPTS || !failure.isWorthRetrying()) {
                throw new SourceAway(failure.reason().code() + ": " + failure.text(), null);
            }
        }
    }

    private @Nullable Failure route(Crossing open, String system, String pull, Consumer<Chunk> chunks) {
        sink = chunks;
        try {
            return open.pulls(ONCE, clock).run(system, pull, NO_RUN).failure();
        } finally {
            sink = null;
        }
    }

    /** @param readers whom the chunks of a file are for; null for a file that nobody wants */
    private @Nullable Failure files(
            Edition edition, String name, Function<ArchivedFile, @Nullable Consumer<Chunk>> readers) {
        LegacySystem system = edition.system();
        Pull pull = system.pull(name);
        Path own = work.resolve("night." + system.name() + "." + name);
        Extraction extraction = new Extraction(system, pull, NO_RUN, OffsetDateTime.now(clock.withZone(system.zone())));
        try (Folder archive = openFor(edition).folder(system.name(), own)) {
            for (ArchivedFile file : ArchivedFile.of(archive, pull)) {
                Consumer<Chunk> reader = readers.apply(file);
                if (reader != null) {
                    try (Inbox inbox = new Inbox(extraction, file, ArchivedFile.NOTHING_CLAIMED, own, clock)) {
                        for (FileArrival arrival : inbox.arrived()) {
                            Iterator<Chunk> all = arrival.chunks();
                            all.forEachRemaining(reader);
                        }
                    }
                }
            }
            return null;
        } catch (SourceAway | ContractBroken fault) {
            return Failure.of(fault);
        }
    }

    /** The night's own routes, those of this system as of the edition that is in force. */
    private Crossing openFor(Edition edition) {
        Crossing open = open();
        if (open.landing(edition.name()).edition() != edition) {
            try {
                open.exchange(edition.name(), edition, Duration.ZERO, () -> {});
            } catch (Exception fault) {
                throw new IllegalStateException("the night's routes of " + edition.name() + " do not start", fault);
            }
        }
        return open;
    }

    private Crossing open() {
        Crossing open = crossing;
        if (open != null) {
            return open;
        }
        CamelContext own = new DefaultCamelContext();
        Crossing made = new Crossing(
                own,
                editions.current(),
                (system, pull) -> Optional.empty(),
                ArchivedFile.NOTHING_CLAIMED,
                work,
                bus,
                clock);
        try {
            made.open(chunk -> new Normalized(chunk, Map.of(), Map.of()), this::hand);
            own.start();
        } catch (Exception fault) {
            throw new IllegalStateException("the night's routes do not start", fault);
        }
        context = own;
        crossing = made;
        return made;
    }

    private void hand(Normalized untouched) {
        Consumer<Chunk> to = sink;
        if (to != null) {
            to.accept(untouched.chunk());
        }
    }

    @Override
    public void close() {
        if (context != null) {
            context.stop();
        }
        if (crossing != null) {
            crossing.close();
        }
    }

    /** Hands each chunk on once, however often a pull begins anew: what was given already is passed over. */
    private static final class Given implements Consumer<Chunk> {
        private final Consumer<Chunk> to;
        private long given;
        private long seen;

        Given(Consumer<Chunk> to) {
            this.to = to;
        }

        void again() {
            seen = 0;
        }

        @Override
        public void accept(Chunk chunk) {
            seen++;
            if (seen > given) {
                to.accept(chunk);
                given = seen;
            }
        }
    }
}
