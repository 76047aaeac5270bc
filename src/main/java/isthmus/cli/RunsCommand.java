package isthmus.cli;

import isthmus.store.Runs;
import isthmus.store.Tally;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code isthmus runs}: the run ledger, newest first. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "Shows the run ledger: what each run read, applied, left unchanged, found stale and quarantined.")
final class RunsCommand implements Callable<Integer> {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");

    @Option(names = "--limit", defaultValue = "20", description = "How many runs (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Mixin
    private Place place = new Place();

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() {
        return place.at(voice, hub -> {
            List<Runs.Run> runs = hub.room(Runs.class).recent(limit);
            voice.answer(runs, text(runs));
            return Exit.OK;
        });
    }

    private static String text(List<Runs.Run> runs) {
        if (runs.isEmpty()) {
            return "No run yet.";
        }
        Table table = new Table(
                "run",
                "system",
                "trigger",
                "started",
                "ended",
                "read",
                "applied",
                "unchanged",
                "stale",
                "quarantined",
                "state");
        for (Runs.Run run : runs) {
            Tally sum = run.tallies().values().stream().reduce(Tally.NONE, Tally::plus);
            table.row(
                    run.run(),
                    run.system(),
                    run.trigger(),
                    clock(run.started()),
                    clock(run.ended()),
                    sum.read(),
                    sum.applied(),
                    sum.unchanged(),
                    sum.stale(),
                    sum.quarantined(),
                    run.error() == null ? run.state() : run.state() + ": " + run.error());
        }
        return table.text();
    }

    private static String clock(@Nullable OffsetDateTime time) {
        return time == null ? "-" : CLOCK.format(time.atZoneSameInstant(java.time.ZoneId.systemDefault()));
    }
}
