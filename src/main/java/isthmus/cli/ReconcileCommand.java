package isthmus.cli;

import isthmus.reconcile.Night;
import isthmus.reconcile.NightIsRunning;
import isthmus.reconcile.NightOptions;
import isthmus.reconcile.NightReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code isthmus reconcile}: counts both shores. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description = "Compares what the legacy systems hold with what the store holds.")
final class ReconcileCommand {

    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            description =
                    "Reads every system again from its beginning and compares counts, sums and keys with the store.")
    int run(
            @Option(names = "--system", paramLabel = "NAME", description = "Only this system.") @Nullable String system,
            @Option(
                            names = "--settle",
                            defaultValue = "PT15M",
                            description =
                                    "Rows younger than this are left out on both sides (default: ${DEFAULT-VALUE}).")
                    Duration settle,
            @Mixin Place place,
            @Mixin Voice voice) {
        try (var harbour = place.harbour(voice::doing);
                Hub hub = Hub.start(Home.here(), harbour.environment(), false)) {
            voice.doing("counting both shores");
            Set<String> systems = system == null ? Set.of() : Set.of(system);
            NightReport report = hub.room(Night.class).run(new NightOptions(Instant.now(), settle, systems));
            voice.answer(JsonText.of(report.json()), report.table());
            return report.exitCode();
        } catch (NightIsRunning running) {
            throw new Refusal(NightIsRunning.EXIT_CODE, String.valueOf(running.getMessage()));
        } catch (IllegalArgumentException unknown) {
            throw new Refusal(Exit.USAGE, String.valueOf(unknown.getMessage()));
        }
    }
}
