package isthmus.cli;

import isthmus.erasure.Erasure;
import isthmus.erasure.Erasures;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus erase}: persons of whom nothing may be kept. */
@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        description = "Erases a person: one account of this machine asks, another one approves, and then it is done.")
final class EraseCommand {
    private static final int LATEST = 100;

    @Command(name = "request", mixinStandardHelpOptions = true, description = "Asks for a person to be erased.")
    int request(
            @Parameters(paramLabel = "ID", description = "A customer, or a unified customer, by its id.")
                    String subject,
            @Option(names = "--ticket", required = true, description = "The number under which it was asked for.")
                    String ticket,
            @Option(names = "--reason", required = true, description = "Why, without personal data; kept in the audit.")
                    String reason,
            @Mixin Place place,
            @Mixin Voice voice) {
        return at(place, voice, erasures -> erasures.request(subject, Why.line(reason), ticket, Who.TYPES));
    }

    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            description = "Says yes to somebody else's request, and destroys what names the person, for good.")
    int approve(
            @Parameters(paramLabel = "NUMBER", description = "As `erase list` prints it.") long number,
            @Option(names = "--reason", required = true, description = "Why; kept in the audit.") String reason,
            @Mixin Place place,
            @Mixin Voice voice) {
        return at(place, voice, erasures -> erasures.approve(number, Why.line(reason), Who.TYPES));
    }

    @Command(
            name = "refuse",
            mixinStandardHelpOptions = true,
            description = "Says no to a request, or takes one's own back.")
    int refuse(
            @Parameters(paramLabel = "NUMBER", description = "As `erase list` prints it.") long number,
            @Option(names = "--reason", required = true, description = "Why; kept in the audit.") String reason,
            @Mixin Place place,
            @Mixin Voice voice) {
        return at(place, voice, erasures -> erasures.refuse(number, Why.line(reason), Who.TYPES));
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the requests, the newest first.")
    int list(@Mixin Place place, @Mixin Voice voice) {
        return place.at(voice, hub -> {
            List<Erasure> all = hub.room(Erasures.class).list(LATEST);
            voice.answer(all, all.isEmpty() ? "Nobody was to be erased." : table(all));
            return Exit.OK;
        });
    }

    private static int at(Place place, Voice voice, Function<Erasures, Erasure> work) {
        return place.at(voice, hub -> {
            try {
                Erasure erasure = work.apply(hub.room(Erasures.class));
                voice.answer(erasure, table(List.of(erasure)));
                return Exit.OK;
            } catch (Erasures.Unfit unfit) {
                throw new Refusal(Exit.USAGE, "It cannot be done: " + unfit.getMessage() + ".");
            }
        });
    }

    private static String table(List<Erasure> all) {
        Table table = new Table("number", "person", "state", "asked by", "decided by", "destroyed");
        all.forEach(one -> table.row(
                one.number(),
                one.subject(),
                one.state(),
                one.requestedBy(),
                one.decidedBy() == null ? "" : one.decidedBy(),
                one.destroyed() == null ? "" : one.destroyed()));
        return table.text();
    }
}
