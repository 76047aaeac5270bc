package isthmus.cli;

import picocli.CommandLine.Command;

/** {@code isthmus quarantine}. */
@Command(name = "quarantine", mixinStandardHelpOptions = true)
final class QuarantineCommand {}
