package isthmus.cli;

import isthmus.crosscheck.Break;
import isthmus.crosscheck.Breaks;
import isthmus.normalize.Differences.Difference;
import isthmus.reconcile.Night;
import isthmus.reconcile.NightIsRunning;
import isthmus.reconcile.NightOptions;
import isthmus.reconcile.NightReport;
import isthmus.reconcile.Repair;
import isthmus.reconcile.Repair.Ended;
import isthmus.reconcile.Repair.Plan;
import isthmus.source.SourceAway;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus reconcile}: counts both shores, and works on what the systems do not agree about. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        subcommands = ReportCommand.class,
        description =
                "Compares what the legacy systems hold with what the store holds, and the systems with each other.")
final class ReconcileCommand {
    private static final String NAME = "Its id as `reconcile breaks` prints it, or CHECK/subject.";

    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            description =
                    "Reads every system again and compares counts, sums and keys with the store, then the systems with each other."
                            + " Exit code: 0 green, 1 amber, 2 red.")
    int run(
            @Option(names = "--system", paramLabel = "NAME", description = "Only this system.") @Nullable String system,
            @Mixin Settle settle,
            @Option(
                            names = "--as-of",
                            paramLabel = "TIME",
                            description = "Compare as of this moment, 2026-11-22T02:00+08:00 (default: now).")
                    @Nullable
                    OffsetDateTime asOf,
            @Option(
                            names = "--full",
                            description =
                                    "Read every row, also where a database could hash its own; sees personal columns too.")
                    boolean full,
            @Option(
                            names = "--fresh",
                            description =
                                    "Begin anew, also where a night that was stopped could be taken up; --as-of does too.")
                    boolean fresh,
            @Mixin Place place,
            @Mixin Voice voice) {
        return place.at(voice, hub -> {
            Set<String> systems =
                    system == null ? Set.of() : Set.of(hub.system(system).name());
            Instant at = asOf == null ? Instant.now() : asOf.toInstant();
            NightOptions options = new NightOptions(at, settle.of(hub), systems, full);
            voice.doing("counting both shores");
            Night night = hub.room(Night.class);
            try {
                NightReport report =
                        fresh || asOf != null ? night.anew(options, aloud(voice)) : night.run(options, aloud(voice));
                voice.answer(JsonText.of(report.json()), report.table());
                return report.exitCode();
            } catch (NightIsRunning running) {
                throw new Refusal(NightIsRunning.EXIT_CODE, String.valueOf(running.getMessage()));
            }
        });
    }

    private static Night.Listener aloud(Voice voice) {
        return new Night.Listener() {
            @Override
            public void takenUp(long night, OffsetDateTime asOf, int done, int of) {
                voice.tell(
                        "Night %d as of %s was stopped and is taken up again: %d of %d steps are done (--fresh begins anew)."
                                .formatted(night, asOf, done, of));
            }

            @Override
            public void step(int done, int of, String name) {
                voice.step("comparing", done, of, name);
            }
        };
    }

    @Command(
            name = "repair",
            mixinStandardHelpOptions = true,
            description =
                    "Shows what would be read again or told as deleted to make both shores agree; changes nothing.")
    int repair(
            @Option(names = "--system", paramLabel = "NAME", description = "Only this system.") @Nullable String system,
            @Mixin Settle settle,
            @Option(names = "--print", description = "Only show it, which is the default.") boolean print,
            @Option(names = "--execute", description = "Do it, and compare again.") boolean execute,
            @Option(names = "--again", description = "Also what an earlier repair did not cure.") boolean again,
            @Option(names = "--full", description = "Compare every row, as reconcile run --full does.") boolean full,
            @Mixin Said said,
            @Mixin Place place,
            @Mixin Voice voice) {
        if (print && execute) {
            throw new Refusal(Exit.USAGE, "Either --print or --execute.");
        }
        return place.at(voice, hub -> {
            Repair repair = hub.room(Repair.class);
            String only = system == null ? null : hub.system(system).name();
            Duration young = settle.of(hub);
            try {
                voice.doing("comparing both shores");
                Plan plan = repair.look(only, young, again, full);
                if (!execute) {
                    Plan detailed = repair.withFields(plan);
                    voice.answer(detailed, RepairText.preview(detailed));
                    return plan.items().isEmpty() ? Exit.OK : Exit.CHECK_FAILED;
                }
                voice.doing("repairing, and comparing again");
                Ended ended = repair.execute(plan, young, full, said.by());
                voice.answer(ended, RepairText.ended(ended));
                return exitCode(ended);
            } catch (Repair.SystemAway away) {
                throw new Refusal(Exit.CANNOT_REACH, String.valueOf(away.getMessage()));
            }
        });
    }

    private static int exitCode(Ended ended) {
        if (ended.left().isEmpty() && ended.more() == 0) {
            return Exit.OK;
        }
        boolean isGuarded = ended.left().stream().anyMatch(item -> item.refusal() != null);
        return isGuarded ? Exit.REFUSED : Exit.CHECK_FAILED;
    }

    @Command(
            name = "breaks",
            mixinStandardHelpOptions = true,
            description = "Lists what the systems do not agree about, most money first.")
    int breaks(
            @Option(names = "--check", paramLabel = "CODE", description = "Only of this check, X-KWH for example.")
                    @Nullable
                    String check,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "open, acknowledged, suppressed or resolved (default: all but resolved).")
                    Break.@Nullable State state,
            @Mixin Limit limit,
            @Mixin Place place,
            @Mixin Voice voice) {
        return at(place, voice, breaks -> {
            List<Break> found = breaks.list(check, state, limit.most());
            voice.answer(found, found.isEmpty() ? "Nothing stands between the systems." : table(found));
            return Exit.OK;
        });
    }

    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            description =
                    "Shows why something is a break: the figures, and the arithmetic line by line. Of the id of a record,"
                            + " urn:…, it shows the fields in which the store and the system differ.")
    int explain(
            @Parameters(paramLabel = "BREAK", description = NAME) String name, @Mixin Place place, @Mixin Voice voice) {
        return name.startsWith("urn:")
                ? compare(name, place, voice)
                : at(place, voice, breaks -> {
                    Break one = breaks.find(name).orElseThrow(() -> unknown(name));
                    String text = breaks.explain(one);
                    voice.answer(Map.of("break", one, "explanation", text), text);
                    return Exit.OK;
                });
    }

    @Command(
            name = "acknowledge",
            mixinStandardHelpOptions = true,
            description = "Says that somebody works on a break; it makes no night red any more.")
    int acknowledge(
            @Parameters(paramLabel = "BREAK", description = NAME) String name,
            @Option(names = "--reason", required = true, description = "Who does what about it; kept with the break.")
                    String reason,
            @Mixin Place place,
            @Mixin Voice voice) {
        return at(place, voice, breaks -> {
            Break one = breaks.find(name).orElseThrow(() -> unknown(name));
            said(breaks.acknowledge(one, reason, Who.TYPES), one);
            voice.answer(breaks.find(name).orElse(one), one.key() + " is acknowledged: " + reason);
            return Exit.OK;
        });
    }

    @Command(
            name = "suppress",
            mixinStandardHelpOptions = true,
            description = "Says that a break is right as it is; it counts for nothing until the day has passed.")
    int suppress(
            @Parameters(paramLabel = "BREAK", description = NAME) String name,
            @Option(names = "--reason", required = true, description = "Why; kept with the break.") String reason,
            @Option(names = "--until", required = true, paramLabel = "DAY", description = "The last day, 2027-01-31.")
                    LocalDate until,
            @Mixin Place place,
            @Mixin Voice voice) {
        return at(place, voice, breaks -> {
            Break one = breaks.find(name).orElseThrow(() -> unknown(name));
            try {
                said(breaks.suppress(one, reason, until, Who.TYPES), one);
            } catch (IllegalArgumentException past) {
                throw new Refusal(Exit.USAGE, String.valueOf(past.getMessage()));
            }
            voice.answer(breaks.find(name).orElse(one), one.key() + " is suppressed until " + until + ": " + reason);
            return Exit.OK;
        });
    }

    private static int compare(String id, Place place, Voice voice) {
        String[] parts = id.split(":", 6);
        if (parts.length < 6) {
            throw new Refusal(Exit.USAGE, "Not an id: " + id + "; one is urn:isthmus:ORG:SYSTEM:ENTITY:KEY.");
        }
        return place.at(voice, hub -> {
            hub.system(parts[3]);
            try {
                List<Difference> fields = hub.room(Repair.class).fields(id);
                voice.answer(
                        Map.of("id", id, "fields", fields == null ? List.of() : fields),
                        RepairText.explain(id, fields));
                return Exit.OK;
            } catch (SourceAway away) {
                throw new Refusal(Exit.CANNOT_REACH, String.valueOf(away.getMessage()));
            }
        });
    }

    private static int at(Place place, Voice voice, ToIntFunction<Breaks> work) {
        return place.at(voice, hub -> work.applyAsInt(hub.room(Breaks.class)));
    }

    private static String table(List<Break> breaks) {
        Table table = new Table("id", "check", "subject", "cause", "kWh", "money", "since", "owner", "state");
        breaks.forEach(one -> table.row(
                one.id(),
                one.code(),
                one.subject(),
                one.cause(),
                one.kwh() == null ? "" : one.kwh().toPlainString(),
                one.money() == null ? "" : one.money().toPlainString(),
                one.opened().toLocalDate(),
                one.owner(),
                one.state().word()));
        return table.text();
    }

    private static Refusal unknown(String name) {
        return new Refusal(Exit.USAGE, "There is no break " + name + "; see isthmus reconcile breaks.");
    }

    private static void said(boolean taken, Break one) {
        if (!taken) {
            throw new Refusal(Exit.REFUSED, one.key() + " is resolved; there is nothing to say about it.");
        }
    }
}
