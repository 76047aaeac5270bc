package isthmus.flow;

import isthmus.audit.Audit;
import isthmus.audit.Audit.By;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Position;
import isthmus.model.Reason;
import isthmus.source.Extraction;
import isthmus.store.Backfills;
import isthmus.store.RunBalance;
import isthmus.store.Runs;
import isthmus.store.Tally;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.cxf.Bus;
import org.jspecify.annotations.Nullable;

/**
 * Reads a span of a pull again beside the hub that goes on with it: through the same routes, mappings and store, with a run
 * and a cursor of its own. It moves no other cursor, and what the store holds of later changes stays.
 */
public final class Backfill {
    private static final Duration UNTIL_ASKED_AGAIN = Duration.ofSeconds(3);

    private final Editions editions;
    private final Storing storing;
    private final Backfills backfills;
    private final Runs runs;
    private final Audit audit;
    private final Agreement agreement;
    private final Bus bus;
    private final Clock clock;
    private final Backoff backoff;

    Backfill(
            Editions editions,
            Storing storing,
            Backfills backfills,
            Runs runs,
            Audit audit,
            Agreement agreement,
            Bus bus,
            Clock clock,
            Backoff backoff) {
        this.editions = editions;
        this.storing = storing;
        this.backfills = backfills;
        this.runs = runs;
        this.audit = audit;
        this.agreement = agreement;
        this.bus = bus;
        this.clock = clock;
        this.backoff = backoff;
    }

    /**
     * Which records are read again.
     *
     * @param from the first change time, in the system's own zone
     * @param to the first one that is too late
     * @param keys native keys joined by {@code /}; empty for all
     */
    public record Span(LocalDateTime from, LocalDateTime to, Set<String> keys) {
        public Span {
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException("the span ends before it begins");
            }
            keys = Set.copyOf(keys);
        }

        boolean holds(LocalDateTime time, String key) {
            return !time.isBefore(from) && time.isBefore(to) && (keys.isEmpty() || keys.contains(key));
        }

        /** Without the keys, which may name people. */
        private String words() {
            return from + " to " + to + (keys.isEmpty() ? "" : ", of " + keys.size() + " keys");
        }

        private Backfills.Span of(String system, String pull) {
            return new Backfills.Span(system, pull, from, to, digest());
        }

        private String digest() {
            if (keys.isEmpty()) {
                return "";
            }
            try {
                byte[] all = String.join("\n", new TreeSet<>(keys)).getBytes(StandardCharsets.UTF_8);
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(all));
            } catch (NoSuchAlgorithmException absent) {
                throw new IllegalStateException("every JDK has SHA-256", absent);
            }
        }
    }

    /** Is told how far it has come; called after every chunk. */
    @FunctionalInterface
    public interface Progress {
        void at(int percent, long pieces);
    }

    /**
     * How it ended.
     *
     * @param pieces read of the span, by this command and those before it
     * @param wasDone true when an earlier command had read it whole, and nothing was read now
     * @param tallies what became of the pieces of this command, by entity
     * @param problem why it is not whole, or null; the same command goes on there
     */
    public record Ended(
            String system,
            String pull,
            long pieces,
            boolean wasDone,
            Map<String, Tally> tallies,
            @Nullable String problem) {}

    /** The pulls of a system that bring an entity, or bear that name; all of them when none is said. */
    public List<String> pulls(String system, @Nullable String entity) {
        return editions.catalog().systems().stream()
                .filter(one -> one.name().equals(system))
                .flatMap(one -> one.pulls().stream())
                .filter(pull -> entity == null
                        || pull.name().equals(entity)
                        || pull.entities().contains(entity))
                .map(Pull::name)
                .toList();
    }

    /** Why a pull has no span that could be read again, and what to do instead; null when it has one. */
    public @Nullable String refusal(String system, String name) {
        LegacySystem legacy = system(system);
        Pull pull = legacy.pull(name);
        String door = system + "." + name;
        if (legacy.isOfFiles()) {
            return door + " comes as files, which have no change times. To read one again, take it out of the ledger"
                    + " (delete from arrival where system = '" + system + "' and name = 'NAME') and lay it from "
                    + pull.settings().get("archive") + " into "
                    + pull.settings().get("directory")
                    + " under NAME; what is known already counts as unchanged.";
        }
        if (pull.cursor() == null) {
            return door + " has no cursor: every pull reads it whole, isthmus run --once --system " + system
                    + " does so now.";
        }
        boolean isTimed = legacy.mappings().stream()
                .filter(mapping -> mapping.pull().equals(name))
                .allMatch(mapping -> mapping.changed().column() != null);
        return isTimed
                ? null
                : door + " counts its versions by when they were read, so an older state could win beside the live"
                        + " route. Send that back instead: isthmus cursor rewind " + system + " " + name + ".";
    }

    /**
     * Reads the span from where an earlier command left it; never throws for what the legacy system does.
     *
     * @param rate at most so many records of the source a second; 0 for as fast as it goes
     * @param restart true to begin at the beginning
     * @param by who asked for it and why, for the audit
     */
    public Ended read(String system, String pull, Span span, int rate, boolean restart, By by, Progress progress)
            throws Exception {
        Backfills.Span kept = span.of(system, pull);
        Optional<Backfills.Standing> before = backfills.find(kept);
        if (!restart && before.isPresent() && before.get().isDone()) {
            return new Ended(system, pull, before.get().pieces(), true, Map.of(), null);
        }
        long run = runs.begin(system, "backfill");
        audit.write(List.of(by.did("backfill.read", system + " " + pull, span.words() + ", run " + run)));
        Backfills.Standing standing = backfills.take(kept, run, restart);
        LegacySystem alone = alone(system(system), pull, rate);
        Extraction extraction =
                new Extraction(alone, alone.pull(pull), run, OffsetDateTime.now(clock.withZone(alone.zone())));
        SpanReader reader =
                new SpanReader(extraction, span, standing, new Pace(rate), editions::normalize, storing, progress);
        Failure failure = pull(extraction, kept, reader, span);
        if (failure != null) {
            if (failure.reason() != Reason.FENCED) {
                runs.fail(run, failure.reason().code() + ": " + failure.text());
            }
            String problem = failure.reason().code() + ": " + failure.text();
            return new Ended(system, pull, reader.pieces(), false, runs.tallies(run), problem);
        }
        backfills.finish(standing, run);
        progress.at(100, reader.pieces());
        RunBalance balance = runs.end(run);
        String red = balance.green() ? null : "BALANCE: " + String.join("; ", balance.problems());
        return new Ended(system, pull, reader.pieces(), false, balance.tallies(), red);
    }

    private @Nullable Failure pull(Extraction extraction, Backfills.Span kept, SpanReader reader, Span span)
            throws Exception {
        LegacySystem system = extraction.system();
        String pull = extraction.pull().name();
        CamelContext context = new DefaultCamelContext();
        try (Crossing crossing = new Crossing(
                context,
                List.of(Edition.of(system)),
                (any, name) -> Optional.of(begin(extraction, kept, reader, span)),
                ArchivedFile.NOTHING_CLAIMED,
                Path.of("."),
                bus,
                clock)) {
            crossing.open(reader::normalize, reader::commit);
            context.start();
            return pull(crossing.pulls(backoff, clock, agreement), system.name(), pull, extraction.run());
        } finally {
            context.stop();
        }
    }

    private LegacySystem system(String name) {
        return editions.system(name).orElseThrow(() -> new IllegalArgumentException("no system " + name));
    }

    /** A feed that is full has time to empty: the span has no schedule that would come back to it. */
    private static @Nullable Failure pull(Pulls pulls, String system, String pull, long run) throws Exception {
        Failure failure = pulls.run(system, pull, run).failure();
        while (failure != null && failure.reason() == Reason.FEED_FULL && Backoff.sleep(UNTIL_ASKED_AGAIN)) {
            failure = pulls.run(system, pull, run).failure();
        }
        return failure;
    }

    private Position begin(Extraction extraction, Backfills.Span kept, SpanReader reader, Span span) {
        reader.begin();
        return backfills
                .find(kept)
                .map(Backfills.Standing::value)
                .map(extraction::position)
                .orElseGet(() -> extraction.from(span.from()));
    }

    /** The system with this pull alone, in chunks that a slow pace needs not wait long for. */
    private static LegacySystem alone(LegacySystem system, String name, int rate) {
        Pull pull = system.pull(name);
        Map<String, String> settings = new HashMap<>(pull.settings());
        if (rate > 0) {
            int most = Integer.parseInt(settings.getOrDefault("chunk", "5000"));
            settings.put("chunk", Integer.toString(Math.min(most, rate)));
        }
        Pull slowed = new Pull(
                pull.name(),
                pull.entities(),
                pull.key(),
                pull.cursor(),
                pull.columns(),
                pull.children(),
                settings,
                pull.deletes(),
                pull.question(),
                pull.rejects());
        return system.with(List.of(slowed));
    }
}
