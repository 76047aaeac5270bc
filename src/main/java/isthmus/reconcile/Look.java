package isthmus.reconcile;

import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Normalized;
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

/**
 * One look at both shores of one system. The legacy shore is read once from its beginning and said in the one language
 * by the same mappings; what it shows is sorted by key on disk, so that memory does not grow with the system.
 */
final class Look {
    private final LegacyShore legacy;
    private final UnifiedShore unified;
    private final Function<Chunk, Normalized> normalizer;
    private final Instant before;
    private final List<Shortcut> shortcuts;

    /** @param before rows that changed then or later count on neither shore */
    Look(LegacyShore legacy, UnifiedShore unified, Function<Chunk, Normalized> normalizer, Instant before) {
        this(legacy, unified, normalizer, before, List.of());
    }

    /** @param shortcuts tried before a pull is read; none to read everything */
    Look(
            LegacyShore legacy,
            UnifiedShore unified,
            Function<Chunk, Normalized> normalizer,
            Instant before,
            List<Shortcut> shortcuts) {
        this.shortcuts = shortcuts;
        this.legacy = legacy;
        this.unified = unified;
        this.normalizer = normalizer;
        this.before = before;
    }

    /** @param names whose readable names are wanted, by entity */
    List<Finding> at(LegacySystem system, Map<String, Names> names) {
        Map<String, Finding> known = known(system, names);
        Map<String, Shown> shown = new LinkedHashMap<>();
        Path folder = folder(legacy);
        try {
            for (Pull pull : system.pulls()) {
                if (known.keySet().containsAll(pull.entities())) {
                    continue;
                }
                for (String entity : pull.entities()) {
                    shown.computeIfAbsent(
                            entity, name -> new Shown(folder, name, names.getOrDefault(name, new Names()), before));
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
                findings.add(side == null ? known.get(entity) : against(system.name(), entity, side));
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

    /** By entity what can be known without reading everything; an entity of several pulls is read. */
    private Map<String, Finding> known(LegacySystem system, Map<String, Names> names) {
        Map<String, Finding> known = new HashMap<>();
        for (Pull pull : system.pulls()) {
            boolean isAlone = system.pulls().stream()
                    .allMatch(other -> other == pull || Collections.disjoint(other.entities(), pull.entities()));
            for (Shortcut shortcut : isAlone ? shortcuts : List.<Shortcut>of()) {
                if (!known.keySet().containsAll(pull.entities())) {
                    shortcut.at(system, pull, names)
                            .ifPresent(findings -> findings.forEach(finding -> known.put(finding.entity, finding)));
                }
            }
        }
        return known;
    }

    private Finding against(String system, String entity, Shown side) {
        return side.against(system, each -> unified.records(system, entity, each), Shelf.of(unified, system, entity));
    }

    /** A snapshot's rows carry the time of their extraction, which says nothing of when they changed. */
    static boolean timed(LegacySystem system, Pull pull) {
        return pull.cursor() != null || !system.transport().equals("jdbc");
    }

    static Path folder(LegacyShore legacy) {
        try {
            return Files.createTempDirectory(legacy.folder(), "isthmus-night");
        } catch (IOException fault) {
            throw new UncheckedIOException("no temporary folder to sort in", fault);
        }
    }

    static void delete(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
