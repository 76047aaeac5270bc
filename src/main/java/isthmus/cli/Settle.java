package isthmus.cli;

import isthmus.reconcile.NightOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Option;

/** How old a row has to be to be compared: as this command says, or else as the hub's own nights do. */
final class Settle {
    private static final String SETTING = "isthmus.reconcile.settle";

    @Option(
            names = "--settle",
            paramLabel = "DURATION",
            description = "Rows younger than this are left out on both sides (default: " + SETTING + ", PT15M).")
    private @Nullable Duration settle;

    Duration of(Hub hub) {
        Duration said = settle == null
                ? hub.room(Environment.class).getProperty(SETTING, Duration.class, NightOptions.SETTLE)
                : settle;
        if (said.isNegative()) {
            throw new Refusal(Exit.USAGE, "--settle is not negative: " + said);
        }
        return said;
    }
}
