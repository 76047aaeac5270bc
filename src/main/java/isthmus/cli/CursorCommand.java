package isthmus.cli;

import isthmus.store.Cursors;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus cursor}: how far each pull has come, and how to send it back. */
@Command(name = "cursor", mixinStandardHelpOptions = true, description = "Shows or rewinds how far each pull has come.")
final class CursorCommand {

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows every pull's position.")
    int show(@Mixin Place place, @Mixin Voice voice) {
        return place.at(voice, hub -> {
            List<Cursors.Cursor> cursors = hub.room(Cursors.class).show();
            Table table = new Table("system", "pull", "position", "moved");
            cursors.forEach(at -> table.row(at.system(), at.pull(), at.value(), at.updated()));
            voice.answer(cursors, table.text());
            return Exit.OK;
        });
    }

    @Command(
            name = "rewind",
            mixinStandardHelpOptions = true,
            description = "Sends a pull back; what it reads again and already has counts as unchanged.")
    int rewind(
            @Parameters(index = "0", paramLabel = "SYSTEM", description = "The legacy system.") String system,
            @Parameters(index = "1", paramLabel = "PULL", description = "The pull.") String pull,
            @Option(
                            names = "--to",
                            paramLabel = "JSON",
                            description = "The position as `cursor show` prints it; without it, from the beginning.")
                    @Nullable
                    String to,
            @Option(names = "--reason", required = true, description = "Why; kept in the cursor's history.")
                    String reason,
            @Mixin Place place,
            @Mixin Voice voice) {
        return place.at(voice, hub -> {
            if (!hub.room(Cursors.class).rewind(system, pull, to, reason, Who.TYPES)) {
                throw new Refusal(
                        Exit.USAGE, "There is no cursor " + system + " " + pull + "; see isthmus cursor show.");
            }
            voice.answer(
                    Map.of("system", system, "pull", pull, "to", to == null ? "the beginning" : to),
                    system + " " + pull + " goes on from " + (to == null ? "the beginning" : to) + ".");
            return Exit.OK;
        });
    }
}
