package isthmus.reconcile;

import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Fact;
import isthmus.model.Normalized;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.reconcile.DayBook.Agreed;
import isthmus.reconcile.DayBook.Read;
import isthmus.reconcile.DayBook.Total;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A look at interval blocks that came in files, by day totals first. A day that agreed block by block, of which no other
 * file speaks since then and of which the store still holds the same, agrees; only the files of the other days are read.
 */
final class DayLook implements Shortcut {
    private static final Logger LOG = LoggerFactory.getLogger(DayLook.class);

    private final LegacyShore legacy;
    private final StoreShore unified;
    private final DayBook book;
    private final Function<Chunk, Normalized> normalizer;
    private final Instant before;

    DayLook(LegacyShore legacy, DataSource store, Function<Chunk, Normalized> normalizer, Instant before) {
        this.legacy = legacy;
        this.unified = new StoreShore(store);
        this.book = new DayBook(store);
        this.normalizer = normalizer;
        this.before = before;
    }

    /** Empty for what does not come in files, and where an id does not name its day. */
    @Override
    public Optional<List<Finding>> at(LegacySystem system, Pull pull, Map<String, Names> names) {
        if (!system.isOfFiles() || !pull.entities().equals(List.of(Intervals.ENTITY))) {
            return Optional.empty();
        }
        Path folder = Look.folder(legacy);
        Names wanted = names.getOrDefault(Intervals.ENTITY, new Names());
        try (Shown shown = new Shown(folder, Intervals.ENTITY, wanted, before)) {
            return Optional.of(List.of(new Comparison(system, pull, shown).finding()));
        } catch (DayNotNamed fault) {
            LOG.warn("{}.{} is read whole, because an id does not name its day", system.name(), pull.name());
            return Optional.empty();
        } finally {
            Look.delete(folder);
        }
    }

    private final class Comparison {
        private final LegacySystem system;
        private final Pull pull;
        private final String mapping;
        private final Shown shown;
        private final Shelf shelf;
        private final Map<String, Read> files = new TreeMap<>();

        Comparison(LegacySystem system, Pull pull, Shown shown) {
            this.system = system;
            this.pull = pull;
            this.shown = shown;
            this.mapping = system.mappings().stream()
                    .filter(one -> one.pull().equals(pull.name()))
                    .map(one -> one.entity() + "@" + one.version())
                    .findFirst()
                    .orElse("");
            this.shelf = Shelf.of(unified, system.name(), Intervals.ENTITY);
        }

        Finding finding() {
            Map<LocalDate, Total> totals = book.totals(system.name(), Intervals.ENTITY);
            Set<String> fresh = readNewFiles();
            Map<LocalDate, UUID> sources = sources();
            Map<LocalDate, Total> agreed = agreed(sources, totals);
            Set<LocalDate> open = new HashSet<>(sources.keySet());
            open.addAll(totals.keySet());
            open.removeAll(agreed.keySet());
            int again = readAgain(fresh, open);

            Finding finding = shown.against(
                    system.name(), each -> unified.from(open, system.name(), Intervals.ENTITY, each), shelf);
            remember(finding, open, sources, totals);
            LOG.info(
                    "{}.{}: {} days agree as before, {} are compared; {} new files and {} others of {} were read",
                    system.name(),
                    Intervals.ENTITY,
                    agreed.size(),
                    open.size(),
                    fresh.size(),
                    again,
                    files.size());
            agreed.values().forEach(finding::agreed);
            return finding;
        }

        /** Their blocks are shown whole; every day that they speak of is compared. */
        private Set<String> readNewFiles() {
            Map<String, Read> known = book.files(system.name(), pull.name(), mapping);
            Set<String> fresh = new HashSet<>();
            for (String file : legacy.files(system.name(), pull.name())) {
                Read read = known.get(file);
                files.put(file, read == null ? new Read() : read);
                if (read == null) {
                    fresh.add(file);
                }
            }
            read(fresh, fact -> true);
            return fresh;
        }

        /** By day an MD5 of the files that speak of it, and of how they are read. */
        private Map<LocalDate, UUID> sources() {
            Map<LocalDate, StringBuilder> names = new HashMap<>();
            files.forEach((file, read) -> read.days()
                    .forEach(day -> names.computeIfAbsent(day, one -> new StringBuilder(mapping))
                            .append('\n')
                            .append(file)));
            Map<LocalDate, UUID> sources = new HashMap<>();
            names.forEach((day, all) -> {
                Key md5 = Key.of(all.toString());
                sources.put(day, new UUID(md5.high(), md5.low()));
            });
            return sources;
        }

        private Map<LocalDate, Total> agreed(Map<LocalDate, UUID> sources, Map<LocalDate, Total> totals) {
            Map<LocalDate, Total> agreed = new HashMap<>();
            book.agreed(system.name(), Intervals.ENTITY).forEach((day, then) -> {
                if (then.files().equals(sources.get(day)) && then.total().equals(totals.get(day))) {
                    agreed.put(day, then.total());
                }
            });
            return agreed;
        }

        /** The other files of the open days, and those with a refusal that the quarantine has lost. */
        private int readAgain(Set<String> fresh, Set<LocalDate> open) {
            Set<String> again = new HashSet<>();
            files.forEach((file, read) -> {
                if (!fresh.contains(file)) {
                    if (read.days().stream().anyMatch(open::contains) || !areKnown(read.refused())) {
                        again.add(file);
                    } else {
                        read.refused().all().forEach(shown::refused);
                    }
                }
            });
            read(again, fact -> open.contains(LocalDate.ofEpochDay(Shown.day(fact))));
            return again.size();
        }

        private boolean areKnown(Keys refused) {
            return refused.all().allMatch(shelf::knows);
        }

        private void read(Set<String> names, Predicate<Fact> wanted) {
            if (names.isEmpty()) {
                return;
            }
            boolean timed = Look.timed(system, pull);
            names.forEach(name -> files.put(name, new Read()));
            legacy.files(system.name(), pull.name(), names, (name, chunk) -> {
                List<Outcome> outcomes = normalizer.apply(chunk).outcomes().getOrDefault(Intervals.ENTITY, List.of());
                note(chunk.pieces(), outcomes, files.getOrDefault(name, new Read()));
                shown.add(chunk.pieces(), outcomes, timed, wanted);
            });
            Map<String, Read> learnt = new HashMap<>(files);
            learnt.keySet().retainAll(names);
            book.read(system.name(), pull.name(), mapping, learnt);
        }

        private void note(List<Piece> pieces, List<Outcome> outcomes, Read read) {
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i) instanceof Outcome.Accepted accepted) {
                    LocalDate day = LocalDate.ofEpochDay(Shown.day(accepted.fact()));
                    if (!accepted.fact().id().contains(day.toString())) {
                        throw new DayNotNamed();
                    }
                    read.days().add(day);
                } else {
                    read.refused().add(Key.of(Shown.locator(pieces.get(i))));
                }
            }
        }

        private void remember(
                Finding finding, Set<LocalDate> open, Map<LocalDate, UUID> sources, Map<LocalDate, Total> totals) {
            Map<LocalDate, Agreed> settled = new HashMap<>();
            for (LocalDate day : open) {
                UUID source = sources.get(day);
                Total total = totals.get(day);
                if (source != null && total != null && !finding.unsettled.contains((int) day.toEpochDay())) {
                    settled.put(day, new Agreed(source, total));
                }
            }
            book.agree(system.name(), Intervals.ENTITY, settled);
        }
    }

    /** Pieces of one block could be of several days. */
    private static final class DayNotNamed extends RuntimeException {}
}
