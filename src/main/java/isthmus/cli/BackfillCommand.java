package isthmus.cli;

import isthmus.flow.Backfill;
import isthmus.store.Tally;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus backfill}: a span of the past read again, beside the hub that goes on. */
@Command(
        name = "backfill",
        mixinStandardHelpOptions = true,
        description = {
            "Reads what changed in a span of time again, beside a running hub, and moves no cursor of it.",
            "Stopped at any moment, the same command goes on where it was."
        })
final class BackfillCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "SYSTEM", description = "The legacy system.")
    private String system = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "ENTITY", description = "Only the pulls that bring this.")
    private @Nullable String entity;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            description = "The first change time, 2026-11-01 or 2026-11-01T08:00:00 in the system's own zone.")
    private String from = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "TIME",
            description = "The first change time that is too late.")
    private String to = "";

    @Option(
            names = "--keys",
            split = ",",
            paramLabel = "KEY",
            description = "Only these native keys, the parts of one joined by /.")
    private List<String> keys = List.of();

    @Option(
            names = "--rate",
            defaultValue = "0",
            paramLabel = "N",
            description = "At most so many records of the source a second (default: as fast as it goes).")
    private int rate;

    @Option(names = "--restart", description = "Begin at the beginning, whatever was read before.")
    private boolean restart;

    @Mixin
    private Said said = new Said();

    @Mixin
    private Place place = new Place();

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() throws Exception {
        Backfill.Span span = span();
        try (var harbour = place.harbour(voice::doing);
                Hub hub = Hub.start(Home.here(), harbour.environment(), false)) {
            Backfill backfill = hub.room(Backfill.class);
            List<String> pulls = pulls(backfill);
            List<Backfill.Ended> all = new ArrayList<>();
            for (String pull : pulls) {
                all.add(backfill.read(system, pull, span, rate, restart, said.by(), progress(pull)));
            }
            voice.answer(all, text(all));
            return all.stream().allMatch(ended -> ended.problem() == null) ? Exit.OK : Exit.CHECK_FAILED;
        }
    }

    /** Whoever names an entity wants it or nothing; of a whole system what has a span is read and the rest is told. */
    private List<String> pulls(Backfill backfill) {
        List<String> pulls = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        for (String pull : backfill.pulls(system, entity)) {
            String refusal = backfill.refusal(system, pull);
            if (refusal == null) {
                pulls.add(pull);
            } else {
                refusals.add(refusal);
            }
        }
        if (pulls.isEmpty()) {
            String nothing = entity == null
                    ? "There is no system " + system + " in routes/."
                    : "No pull of " + system + " brings " + entity + ".";
            throw new Refusal(
                    refusals.isEmpty() ? Exit.USAGE : Exit.REFUSED,
                    refusals.isEmpty() ? nothing : String.join("\n", refusals));
        }
        refusals.forEach(refusal -> voice.tell("left out: " + refusal));
        return pulls;
    }

    private Backfill.Progress progress(String pull) {
        String task = "backfill " + system + "." + pull + " " + from + " to " + to;
        return new Backfill.Progress() {
            private int told = -1;

            @Override
            public void at(int percent, long pieces) {
                if (percent != told) {
                    told = percent;
                    voice.doing("%s: %d of 100 %% (%,d records)".formatted(task, percent, pieces));
                }
            }
        };
    }

    private Backfill.Span span() {
        if (rate < 0) {
            throw new Refusal(Exit.USAGE, "--rate is a number of records a second");
        }
        try {
            return new Backfill.Span(time(from), time(to), Set.copyOf(keys));
        } catch (DateTimeException noTime) {
            throw new Refusal(Exit.USAGE, "--from and --to are like 2026-11-01 or 2026-11-01T08:00:00");
        } catch (IllegalArgumentException empty) {
            throw new Refusal(Exit.USAGE, "--to must be later than --from");
        }
    }

    private static LocalDateTime time(String text) {
        return text.length() == 10 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text.replace(' ', 'T'));
    }

    private static String text(List<Backfill.Ended> all) {
        StringBuilder out = new StringBuilder();
        Map<String, Map<String, Tally>> systems = new TreeMap<>();
        for (Backfill.Ended ended : all) {
            String door = ended.system() + "." + ended.pull();
            if (ended.wasDone()) {
                out.append(door).append(": read whole before; --restart reads it again\n");
            } else if (ended.tallies().isEmpty() && ended.problem() == null) {
                out.append(door).append(": nothing in this span\n");
            } else if (!ended.tallies().isEmpty()) {
                systems.put(door, new TreeMap<>(ended.tallies()));
            }
            if (ended.problem() != null) {
                out.append("red: ").append(door).append(": ").append(ended.problem());
                out.append("; the same command goes on there\n");
            }
        }
        if (!systems.isEmpty()) {
            out.append(BalanceTable.text(systems)).append('\n');
        }
        boolean isGreen = all.stream().allMatch(ended -> ended.problem() == null);
        return out.append(isGreen ? "green" : "red").toString();
    }
}
