package isthmus.cli;

import picocli.CommandLine.Option;

/** How much of a list is shown. */
final class Limit {

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int most;

    int most() {
        return most;
    }
}
