package isthmus.normalize;

import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.MappingSpec;
import isthmus.catalog.Problems;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Layout;
import isthmus.model.Normalized;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.security.Fingerprints;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Says every piece of a chunk in the canonical model, by the mappings of its entities; safe for many threads. */
public final class Normalizer {
    private final String org;
    private final Fingerprints fingerprints;
    private final Clock clock;
    private final Map<String, LegacySystem> systems = new HashMap<>();
    private final Map<Shape, Tables> compiled = new ConcurrentHashMap<>();
    private final ThreadLocal<Desk> desks = ThreadLocal.withInitial(Desk::new);

    private record Shape(String system, String pull, List<String> columns, Map<String, List<String>> children) {}

    private record Tables(LegacySystem system, Map<String, Table> byEntity, RowPrint print) {}

    private Normalizer(Catalog catalog, Fingerprints fingerprints, Clock clock) {
        this.org = catalog.org();
        this.fingerprints = fingerprints;
        this.clock = clock;
        catalog.systems().forEach(system -> systems.put(system.name(), system));
    }

    /** Compiles every mapping of the catalog; throws {@code ConfigurationFault} naming every entity without one. */
    public static Normalizer compile(Catalog catalog, Fingerprints fingerprints, Clock clock) {
        Normalizer normalizer = new Normalizer(catalog, fingerprints, clock);
        Problems problems = new Problems();
        for (LegacySystem system : catalog.systems()) {
            for (Pull pull : system.pulls()) {
                for (String entity : pull.entities()) {
                    if (mapping(system, pull.name(), entity) == null) {
                        problems.add(system.name(), 0, "no mapping of " + entity + " from " + pull.name(), "write one");
                    }
                }
            }
        }
        problems.throwIfAny();
        for (LegacySystem system : catalog.systems()) {
            system.pulls().forEach(pull -> normalizer.tables(system.name(), pull.name(), pull.layout()));
        }
        return normalizer;
    }

    private static @Nullable MappingSpec mapping(LegacySystem system, String pull, String entity) {
        return system.mappings().stream()
                .filter(mapping ->
                        mapping.entity().equals(entity) && mapping.pull().equals(pull))
                .findFirst()
                .orElse(null);
    }

    /** One outcome for each piece and each of the chunk's entities, in the order of the pieces. */
    public Normalized normalize(Chunk chunk) {
        Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();
        Map<String, String> mappings = new LinkedHashMap<>();
        Tables tables = chunk.layout() == null ? null : tables(chunk.system(), chunk.pull(), chunk.layout());
        Desk desk = desks.get();
        desk.open(system(chunk.system()).zone(), clock.millis(), chunk.notes());
        for (String entity : chunk.entities()) {
            MappingSpec mapping = Objects.requireNonNull(
                    mapping(system(chunk.system()), chunk.pull(), entity), "mapping of " + entity);
            mappings.put(entity, chunk.system() + "-" + entity + "@" + mapping.version());
            outcomes.put(entity, new ArrayList<>(chunk.pieces().size()));
        }
        List<List<Outcome>> lists = new ArrayList<>(outcomes.values());
        for (Piece piece : chunk.pieces()) {
            PrintsOnce prints = tables == null ? null : new PrintsOnce(tables.print(), piece, desk);
            for (int i = 0; i < lists.size(); i++) {
                lists.get(i).add(outcome(chunk, i, piece, tables, desk, prints));
            }
        }
        return new Normalized(chunk, outcomes, mappings);
    }

    private static Outcome outcome(
            Chunk chunk, int entity, Piece piece, @Nullable Tables tables, Desk desk, @Nullable PrintsOnce prints) {
        if (piece.refusal() != null) {
            return piece.refusal();
        }
        if (tables == null || prints == null) {
            throw new IllegalArgumentException(
                    "pieces without a layout in " + chunk.origin().object());
        }
        Table table =
                Objects.requireNonNull(tables.byEntity().get(chunk.entities().get(entity)));
        return table.say(piece, desk, chunk.origin().at(), prints);
    }

    private LegacySystem system(String name) {
        return Objects.requireNonNull(systems.get(name), () -> "no system " + name);
    }

    private Tables tables(String system, String pull, Layout layout) {
        Map<String, List<String>> children = new LinkedHashMap<>();
        for (String child : layout.childNames()) {
            Layout columns = layout.child(child);
            children.put(child, columns == null ? List.of() : columns.columns());
        }
        Shape shape = new Shape(system, pull, layout.columns(), children);
        return compiled.computeIfAbsent(shape, missing -> compile(system(system), pull, layout));
    }

    private Tables compile(LegacySystem system, String pull, Layout layout) {
        requireSame(system.pull(pull).layout(), layout, system.name() + "/" + pull);
        Map<String, Table> byEntity = new HashMap<>();
        for (MappingSpec mapping : system.mappings()) {
            if (mapping.pull().equals(pull)) {
                byEntity.put(mapping.entity(), new Compiler(org, system, mapping, layout, fingerprints).compile());
            }
        }
        return new Tables(system, byEntity, new RowPrint(system.pull(pull), layout));
    }

    // A reader that lost a column must not look like a source full of nulls.
    private static void requireSame(Layout contract, Layout layout, String what) {
        Problems problems = new Problems();
        for (String column : contract.columns()) {
            if (layout.indexOf(column) < 0) {
                problems.add(what, 0, "column " + column + " did not come", "compare the query with the columns");
            }
        }
        for (String child : contract.childNames()) {
            Layout expected = contract.child(child);
            Layout came = layout.child(child);
            for (String column : expected == null ? List.<String>of() : expected.columns()) {
                if (came == null || came.indexOf(column) < 0) {
                    problems.add(what, 0, "column " + child + "." + column + " did not come", "compare the query");
                }
            }
        }
        problems.throwIfAny();
    }

    private static final class PrintsOnce implements Table.Prints {
        private final RowPrint print;
        private final Piece piece;
        private final Desk desk;
        private @Nullable String key;
        private @Nullable String row;

        PrintsOnce(RowPrint print, Piece piece, Desk desk) {
            this.print = print;
            this.piece = piece;
            this.desk = desk;
        }

        @Override
        public String key() {
            return key == null ? key = print.key(piece.values(), desk) : key;
        }

        @Override
        public String row() {
            return row == null ? row = print.row(piece.values(), piece.children(), desk) : row;
        }
    }
}
