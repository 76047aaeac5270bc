package isthmus.cli;

import isthmus.feed.SchemaChanges;
import isthmus.feed.SchemaChanges.Change;
import isthmus.feed.SchemaEditions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
