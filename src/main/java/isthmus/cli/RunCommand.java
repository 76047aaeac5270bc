package isthmus.cli;

import isthmus.feed.Relay;
import isthmus.flow.PassReport;
import isthmus.flow.Passes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code isthmus run}: the production loop, or one pass over the systems. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Polls the systems, relays the feed and reconciles at night; with --once, one pass and out.")
final class RunCommand implements Callable<Integer> {

    @Option(names = "--once", description = "One pass over the systems, wait for the feed, and end.")
    private boolean once;

    @Option(names = "--system", paramLabel = "NAME", description = "Only this system.")
    private @Nullable String system;

    @Mixin
    private Place place = new Place();

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() throws Exception {
        try (Staying staying = new Staying();
                var harbour = place.harbour(voice::doing);
                Hub hub = Hub.start(Home.here(), harbour.environment(), !once)) {
            if (!once) {
                voice.tell("The hub is up; Ctrl-C ends it.");
                staying.untilAskedToEnd();
                return Exit.OK;
            }
            Passes passes = hub.room(Passes.class);
            hub.room(Relay.class).start();
            Set<String> chosen = system == null ? Set.of() : Set.of(system);
            if (!passes.systems().containsAll(chosen)) {
                throw new Refusal(
                        Exit.USAGE, "There is no system " + system + " in routes/; there are " + passes.systems());
            }
            voice.doing("pulling");
            PassReport report = passes.once(chosen, voice::advanced);
            voice.doing("waiting for the feed");
            boolean caughtUp = hub.room(Relay.class).drain(Duration.ofMinutes(15));
            voice.answer(report, text(report, caughtUp));
            return report.green() && caughtUp ? Exit.OK : Exit.CHECK_FAILED;
        }
    }

    private static String text(PassReport report, boolean caughtUp) {
        StringBuilder out = new StringBuilder(BalanceTable.text(report.systems())).append('\n');
        report.problems().forEach(problem -> out.append("red: ").append(problem).append('\n'));
        if (!caughtUp) {
            out.append("red: the feed has not caught up\n");
        }
        return out.append(report.green() && caughtUp ? "green" : "red").toString();
    }
}
