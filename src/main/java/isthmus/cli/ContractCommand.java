package isthmus.cli;

import isthmus.contract.Contracts;
import isthmus.contract.Contracts.Standing;
import isthmus.feed.SchemaChanges;
import isthmus.feed.SchemaChanges.Change;
import isthmus.feed.SchemaEditions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus contract}: what was promised, and what has changed. */
@Command(
        name = "contract",
        mixinStandardHelpOptions = true,
        description = "Compares what was promised with what is there now.")
final class ContractCommand {

    @Command(
            name = "breaking",
            mixinStandardHelpOptions = true,
            description =
                    "Compares the published JSON Schemas with every release of the same major; 1 when one would break readers.")
    int breaking(@Mixin Voice voice) {
        Map<String, List<Change>> changes = new LinkedHashMap<>();
        SchemaEditions.released()
                .forEach((release, schemas) ->
                        changes.put(release, SchemaChanges.between(schemas, SchemaEditions.current())));
        voice.answer(changes, text(changes));
        boolean breaks = changes.values().stream().flatMap(List::stream).anyMatch(Change::breaking);
        return breaks ? Exit.CHECK_FAILED : Exit.OK;
    }

    @Command(
            name = "drift",
            mixinStandardHelpOptions = true,
            description =
                    "Compares every source object with what was agreed; 1 when a pull cannot rely on it any more.")
    int drift(
            @Parameters(arity = "0..1", paramLabel = "SYSTEM", description = "Only of this system.") @Nullable
                    String system,
            @Mixin Place place,
            @Mixin Voice voice) {
        return place.at(voice, hub -> {
            List<Standing> standings = hub.room(Contracts.class).standings(system);
            if (standings.isEmpty()) {
                throw new Refusal(Exit.USAGE, "There is no system " + system + " in routes/.");
            }
            voice.answer(standings, ContractText.of(standings));
            boolean breaks =
                    standings.stream().anyMatch(standing -> standing.drift().isBreaking());
            return breaks ? Exit.CHECK_FAILED : Exit.OK;
        });
    }

    @Command(
            name = "accept",
            mixinStandardHelpOptions = true,
            description = "Agrees to what a system's objects give now; the stopped pulls go on with their next turn.")
    int accept(
            @Parameters(index = "0", paramLabel = "SYSTEM", description = "The legacy system.") String system,
            @Parameters(index = "1", arity = "0..1", paramLabel = "PULL", description = "Only this pull.") @Nullable
                    String pull,
            @Option(names = "--reason", required = true, description = "Why; kept with the agreement.") String reason,
            @Mixin Place place,
            @Mixin Voice voice) {
        return place.at(voice, hub -> {
            List<Standing> accepted = hub.room(Contracts.class).accept(system, pull, reason, Who.TYPES);
            voice.answer(
                    accepted,
                    accepted.isEmpty() ? "Nothing differs from what was agreed." : ContractText.agreed(accepted));
            return Exit.OK;
        });
    }

    private static String text(Map<String, List<Change>> changes) {
        StringBuilder out = new StringBuilder();
        changes.forEach((release, since) -> {
            out.append(out.isEmpty() ? "" : "\n")
                    .append("since ")
                    .append(release)
                    .append(": ");
            if (since.isEmpty()) {
                out.append("nothing changed");
                return;
            }
            Table table = new Table("", "entity", "field", "change");
            since.forEach(change ->
                    table.row(change.breaking() ? "breaking" : "minor", change.entity(), change.path(), change.what()));
            out.append('\n').append(table.text());
        });
        return out.toString();
    }
}
