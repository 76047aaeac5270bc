package isthmus.cli;

import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.catalog.Draft;
import isthmus.catalog.LegacySystem;
import isthmus.contract.Tables;
import isthmus.flow.Rehearsal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus discover}: what is there on the far side, and a first draft of a pull and its mapping. */
@Command(
        name = "discover",
        mixinStandardHelpOptions = true,
        description = "Lists tables, files or operations of a system; with a name, proposes key, cursor, columns and a"
                + " mapping, and with --write puts them into the folder.")
final class DiscoverCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "SYSTEM", description = "A folder of routes/ that says how it is reached.")
    private String system = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "A table; a directory of files, or one file; an element of the WSDL.")
    private @Nullable String name;

    @Option(
            names = "--entity",
            paramLabel = "ENTITY",
            description = "What its rows are in the model; default: payment, or what a known standard brings.")
    private String entity = "payment";

    @Option(
            names = "--pull",
            paramLabel = "PULL",
            description = "What to call the pull; default: the entity, or as the example of a known standard.")
    private @Nullable String pull;

    @Option(names = "--write", description = "Puts the draft into the folder; overwrites nothing.")
    private boolean write;

    @Mixin
    private Place place = new Place();

    @Mixin
    private Voice voice = new Voice();

    /** What is proposed for one thing that was found. */
    record Proposal(String pull, String pulls, Map<String, String> files, String about) {

        /** With the mapping, empty code tables and two made-up samples of a draft. */
        static Proposal of(Draft draft, List<String> settings, Map<String, String> others, String about) {
            Map<String, String> files = new LinkedHashMap<>(others);
            files.put(draft.entity() + ".mapping.yaml", draft.mapping());
            draft.codes().forEach((table, text) -> files.put("codes/" + table + ".csv", text));
            files.put("samples/a-" + draft.pull() + "-as-it-should-be.in.json", draft.sample(true));
            files.put("samples/a-" + draft.pull() + "-without-key-is-refused.in.json", draft.sample(false));
            return new Proposal(draft.pull(), draft.pull(settings), files, about);
        }
    }

    @Override
    public Integer call() throws SQLException {
        Home home = Home.here();
        Path folder = home.system(system);
        try (var harbour = place.harbour(voice::doing)) {
            LegacySystem card = CatalogReader.card(folder, harbour.variables());
            if (card.transport().equals("soap")) {
                return found(folder, card, new FoundElements(card), null, null);
            }
            Catalog alone = new Catalog("x", List.of(card));
            try (Rehearsal rehearsal = Rehearsal.open(alone, Clock.systemUTC())) {
                if (!card.transport().equals("jdbc")) {
                    return found(folder, card, null, rehearsal, null);
                }
                try (Connection connection = rehearsal.database(system)) {
                    return found(folder, card, null, null, new Tables(connection));
                }
            }
        }
    }

    private int found(
            Path folder,
            LegacySystem card,
            @Nullable FoundElements elements,
            @Nullable Rehearsal files,
            @Nullable Tables tables)
            throws SQLException {
        String pullName = pull == null ? entity : pull;
        if (name == null && tables != null) {
            return list(FoundTables.list(tables));
        } else if (name == null && elements != null) {
            return list(elements.list());
        } else if (files != null && name == null) {
            return list(FoundFiles.list(files, system));
        }
        String wanted = String.valueOf(name);
        Proposal proposal = tables != null
                ? FoundTables.propose(tables, card, wanted, pullName, entity)
                : elements != null
                        ? elements.propose(wanted, pullName, entity)
                        : FoundFiles.propose(java.util.Objects.requireNonNull(files), card, wanted, pull, entity);
        return propose(folder, card, proposal);
    }

    private int list(Table table) {
        voice.answer(table.document(), table.text());
        return Exit.OK;
    }

    private int propose(Path folder, LegacySystem card, Proposal proposal) {
        String pulls = proposal.pulls();
        Map<String, String> files = new LinkedHashMap<>(proposal.files());
        files.put(proposal.pull() + ".camel.yaml", new Scaffold(system, card.transport()).route(proposal.pull()));
        if (write) {
            write(folder, proposal.pull(), pulls, files);
        }
        StringBuilder text = new StringBuilder(proposal.about())
                .append("\n\n# system.yaml, under pulls:\n")
                .append(pulls);
        files.forEach((file, content) -> {
            boolean isWorthReading = file.endsWith(".mapping.yaml") || file.endsWith(".sql");
            text.append(isWorthReading ? "\n# " + file + "\n" + content : "");
        });
        text.append(
                write
                        ? "\nWritten into " + folder + ". What is left to do: isthmus lint " + system
                        : "\nNothing is written yet; --write puts this, a route and two samples into " + folder);
        voice.answer(
                Map.of("about", proposal.about(), "pull", pulls, "files", files, "written", write), text.toString());
        return Exit.OK;
    }

    private void write(Path folder, String pullName, String pulls, Map<String, String> files) {
        Path card = folder.resolve("system.yaml");
        try {
            for (String file : files.keySet()) {
                if (Files.exists(folder.resolve(file)) && !file.startsWith("codes/")) {
                    throw new Refusal(
                            Exit.REFUSED, folder.resolve(file) + " is there already; delete it first, or use --pull.");
                }
            }
            String text = Files.readString(card);
            if (text.contains("\n  " + pullName + ":")) {
                throw new Refusal(
                        Exit.REFUSED, card + " has a pull " + pullName + " already; delete it first, or use --pull.");
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path target = folder.resolve(file.getKey());
                Files.createDirectories(target.getParent());
                if (!Files.exists(target)) {
                    Files.writeString(target, file.getValue());
                }
            }
            Files.writeString(card, text.replace("pulls: {}\n", "pulls:\n").stripTrailing() + "\n" + pulls);
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot write into " + folder, fault);
        }
    }
}
