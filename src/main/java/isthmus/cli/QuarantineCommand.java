package isthmus.cli;

import isthmus.quarantine.Answer;
import isthmus.quarantine.Exhibit;
import isthmus.quarantine.Group;
import isthmus.quarantine.Quarantine;
import isthmus.store.Quarantines.Entry;
import isthmus.store.Quarantines.Filter;
import isthmus.store.Quarantines.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus quarantine}: what was not understood, and how to release it. */
@Command(
        name = "quarantine",
        mixinStandardHelpOptions = true,
        description = "Lists, shows, replays and drops what was not understood; docs/errors.md explains the reasons.")
final class QuarantineCommand {

    @Command(name = "ls", mixinStandardHelpOptions = true, description = "Lists what waits, grouped by reason.")
    int ls(
            @Option(names = "--system", description = "Only of this system.") @Nullable String system,
            @Option(names = "--reason", description = "One by one, only with this reason.") @Nullable String reason,
            @Mixin Limit limit,
            @Mixin Place place,
            @Mixin Voice voice) {
        return place.at(voice, hub -> {
            Quarantine quarantine = hub.room(Quarantine.class);
            Filter filter = new Filter(system, null, reason, State.OPEN);
            if (reason != null) {
                List<Entry> entries = quarantine.list(filter, limit.most());
                Table table = new Table("id", "system", "entity", "where", "field", "expected", "times");
                entries.forEach(entry -> table.row(
                        entry.id(),
                        entry.system(),
                        entry.entity(),
                        entry.locator(),
                        entry.field() == null ? "" : entry.field(),
                        entry.hint(),
                        entry.times()));
                voice.answer(entries, entries.isEmpty() ? "Nothing waits with this reason." : table.text());
                return Exit.OK;
            }
            List<Group> groups = quarantine.groups(filter);
            Table table = new Table("system", "entity", "reason", "pieces", "latest id", "where");
            groups.forEach(group -> table.row(
                    group.system(),
                    group.entity(),
                    group.reason(),
                    group.count(),
                    group.sample(),
                    group.sampleLocator()));
            voice.answer(groups, groups.isEmpty() ? "Nothing waits in quarantine." : table.text());
            return Exit.OK;
        });
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one piece with its original bytes.")
    int show(
            @Parameters(paramLabel = "ID", description = "As `quarantine ls` prints it.") long id,
            @Mixin Place place,
            @Mixin Voice voice) {
        return place.at(voice, hub -> {
            Exhibit exhibit = hub.room(Quarantine.class).show(id).orElseThrow(() -> unknown(id));
            voice.answer(exhibit, text(exhibit));
            return Exit.OK;
        });
    }

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description = "Offers pieces again to today's mappings: one by its id, or all that wait with a reason.")
    int replay(
            @Parameters(arity = "0..1", paramLabel = "ID", description = "One piece.") @Nullable Long id,
            @Option(names = "--system", description = "All of this system.") @Nullable String system,
            @Option(names = "--reason", description = "All with this reason.") @Nullable String reason,
            @Mixin Said said,
            @Mixin Place place,
            @Mixin Voice voice) {
        if (id == null && system == null && reason == null) {
            throw new Refusal(Exit.USAGE, "Say which: an ID, --reason or --system.");
        }
        return place.at(voice, hub -> {
            Quarantine quarantine = hub.room(Quarantine.class);
            List<Answer> answers = new ArrayList<>();
            if (id != null) {
                answers.add(quarantine.replay(id, said.by()).orElseThrow(() -> unknown(id)));
            } else {
                quarantine.replayAll(new Filter(system, null, reason, State.OPEN), said.by(), answers::add);
            }
            Map<Answer.Fate, Long> fates =
                    answers.stream().collect(Collectors.groupingBy(Answer::fate, TreeMap::new, Collectors.counting()));
            voice.answer(
                    answers,
                    id == null
                            ? "replayed " + answers.size() + ": " + fates
                            : answers.get(0).text());
            boolean released = fates.getOrDefault(Answer.Fate.REFUSED, 0L) == 0
                    && fates.getOrDefault(Answer.Fate.IMPOSSIBLE, 0L) == 0;
            return released ? Exit.OK : Exit.CHECK_FAILED;
        });
    }

    @Command(name = "drop", mixinStandardHelpOptions = true, description = "Gives a piece up for good.")
    int drop(
            @Parameters(paramLabel = "ID", description = "As `quarantine ls` prints it.") long id,
            @Option(names = "--reason", required = true, description = "Why; kept with the piece.") String why,
            @Mixin Place place,
            @Mixin Voice voice) {
        return place.at(voice, hub -> {
            if (!hub.room(Quarantine.class).drop(id, why, Who.TYPES)) {
                throw unknown(id);
            }
            voice.answer(Map.of("id", id, "state", "dropped"), "Piece " + id + " is dropped.");
            return Exit.OK;
        });
    }

    private static Refusal unknown(long id) {
        return new Refusal(Exit.USAGE, "No open piece " + id + " waits in quarantine; see isthmus quarantine ls.");
    }

    private static String text(Exhibit exhibit) {
        Entry entry = exhibit.entry();
        StringBuilder out = new StringBuilder();
        out.append("%s %s of %s, refused as %s%n"
                .formatted(entry.entity(), entry.locator(), entry.system(), entry.reason()));
        out.append("field     %s%nexpected  %s%nseen      %s to %s, %d times, run %d%n"
                .formatted(
                        entry.field() == null ? "the whole piece" : entry.field(),
                        entry.hint(),
                        entry.firstSeen(),
                        entry.lastSeen(),
                        entry.times(),
                        entry.run()));
        out.append("state     ").append(entry.state().code()).append(entry.note() == null ? "" : ": " + entry.note());
        out.append("\n\n");
        exhibit.fields()
                .forEach(field -> out.append(field.atFault() ? "> " : "  ")
                        .append(field.column())
                        .append(" = ")
                        .append(field.value() == null ? "null" : field.value())
                        .append('\n'));
        return out.append('\n')
                .append(exhibit.text())
                .append("\n\n")
                .append(exhibit.hex())
                .toString();
    }
}
