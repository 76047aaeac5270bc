package isthmus.reconcile;

import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Fact;
import isthmus.model.Normalized;
import isthmus.model.Op;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One look at both shores of one system. The legacy shore is read once from its beginning and said in the one language
 * by the same mappings; what it shows is sorted by key on disk, so that memory does not grow with the system.
 */
final class Look {
    private final LegacyShore legacy;
    private final UnifiedShore unified;
    private final Function<Chunk, Normalized> normalizer;
    private final Instant before;
    private final @Nullable PushedLook pushed;

    /** @param before rows that changed then or later count on neither shore */
    Look(LegacyShore legacy, UnifiedShore unified, Function<Chunk, Normalized> normalizer, Instant before) {
        this(legacy, unified, normalizer, before, null);
    }

    /** @param pushed asks databases for hashes instead of their rows; null to read everything */
    Look(
            LegacyShore legacy,
            UnifiedShore unified,
            Function<Chunk, Normalized> normalizer,
            Instant before,
            @Nullable PushedLook pushed) {
        this.pushed = pushed;
        this.legacy = legacy;
        this.unified = unified;
        this.normalizer = normalizer;
        this.before = before;
    }

    /** @param names whose readable names are wanted, by entity */
    List<Finding> at(LegacySystem system, Map<String, Names> names) {
        Map<String, Finding> hashed = hashed(system);
        Map<String, Shown> shown = new LinkedHashMap<>();
        Path folder = folder();
        try {
            for (Pull pull : system.pulls()) {
                if (hashed.keySet().containsAll(pull.entities())) {
                    continue;
                }
                for (String entity : pull.entities()) {
                    shown.computeIfAbsent(
                            entity, name -> new Shown(folder, name, names.getOrDefault(name, new Names())));
                }
                boolean timed = timed(system, pull);
                legacy.everything(system.name(), pull.name(), chunk -> {
                    Normalized said = normalizer.apply(chunk);
                    said.outcomes().forEach((entity, outcomes) -> {
                        Shown side = shown.get(entity);
                        if (side == null) {
                            throw new IllegalStateException(
                                    "pull " + pull.name() + " is said to feed an entity it does not name: " + entity);
                        }
                        side.add(chunk.pieces(), outcomes, timed);
                    });
                });
            }
            List<Finding> findings = new ArrayList<>();
            for (String entity : entities(system)) {
                Shown side = shown.get(entity);
                findings.add(side == null ? hashed.get(entity) : side.against(system.name()));
            }
            return findings;
        } finally {
            shown.values().forEach(Shown::close);
            delete(folder);
        }
    }

    private static Set<String> entities(LegacySystem system) {
        Set<String> entities = new LinkedHashSet<>();
        system.pulls().forEach(pull -> entities.addAll(pull.entities()));
        return entities;
    }

    /** By entity what the system's own database was asked for; an entity of several pulls is read. */
    private Map<String, Finding> hashed(LegacySystem system) {
        Map<String, Finding> hashed = new HashMap<>();
        if (pushed == null) {
            return hashed;
        }
        for (Pull pull : system.pulls()) {
            boolean isAlone = system.pulls().stream()
                    .allMatch(other -> other == pull || Collections.disjoint(other.entities(), pull.entities()));
            if (isAlone) {
                pushed.at(system, pull)
                        .ifPresent(findings -> findings.forEach(finding -> hashed.put(finding.entity, finding)));
            }
        }
        return hashed;
    }

    /** A snapshot's rows carry the time of their extraction, which says nothing of when they changed. */
    static boolean timed(LegacySystem system, Pull pull) {
        return pull.cursor() != null || !system.transport().equals("jdbc");
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("isthmus-night");
        } catch (IOException fault) {
            throw new UncheckedIOException("no temporary folder to sort in", fault);
        }
    }

    private static void delete(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** What the legacy shore shows of one entity: records understood, and pieces refused. */
    private final class Shown implements AutoCloseable {
        private final Path folder;
        private final String entity;
        private final Names names;
        private final SortedRuns understood;
        private final SortedRuns refused;

        Shown(Path folder, String entity, Names names) {
            this.folder = folder;
            this.entity = entity;
            this.names = names;
            this.understood = new SortedRuns(folder);
            this.refused = new SortedRuns(folder);
        }

        void add(List<Piece> pieces, List<Outcome> outcomes, boolean timed) {
            for (int i = 0; i < pieces.size(); i++) {
                // As the store writes it down, which has no NUL.
                String locator = pieces.get(i).locator().replace('\0', '?');
                if (outcomes.get(i) instanceof Outcome.Accepted accepted) {
                    add(accepted.fact(), locator, timed);
                } else {
                    Key key = Key.of(locator);
                    names.see(key, locator);
                    refused.add(Sighting.of(key));
                }
            }
        }

        private void add(Fact fact, String locator, boolean timed) {
            Key key = Key.of(fact.id());
            names.see(key, fact.id());
            boolean alive = fact.op() == Op.UPSERT;
            boolean mergesByPosition = alive && entity.equals(Intervals.ENTITY);
            understood.add(new Sighting(
                    key,
                    mergesByPosition ? fact.sequence() : fact.sequence() + ' ' + fact.contentHash(),
                    timed && isYoung(fact.time().toInstant()),
                    alive,
                    Key.of(locator),
                    mergesByPosition ? Key.NONE : Key.of(fact.contentHash()),
                    fact.money(),
                    fact.energy(),
                    mergesByPosition ? Intervals.of(fact.body()) : null));
        }

        Finding against(String system) {
            Finding finding = new Finding(system, entity, names);
            try (SortedRuns held = new SortedRuns(folder)) {
                unified.records(system, entity, record -> {
                    Key key = Key.of(record.id());
                    names.see(key, record.id());
                    held.add(new Sighting(
                            key,
                            "",
                            isYoung(record.time()),
                            !record.deleted(),
                            Key.of(record.keyHash()),
                            entity.equals(Intervals.ENTITY) ? Key.NONE : Key.of(record.contentHash()),
                            record.money(),
                            record.energy(),
                            null));
                });
                finding.compare(
                        understood.settled(), refused.settled(), held.settled(), Shelf.of(unified, system, entity));
            }
            return finding;
        }

        private boolean isYoung(Instant changed) {
            return !changed.isBefore(before);
        }

        @Override
        public void close() {
            understood.close();
            refused.close();
        }
    }
}
