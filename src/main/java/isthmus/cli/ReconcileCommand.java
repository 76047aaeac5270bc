package isthmus.cli;

import picocli.CommandLine.Command;

/** {@code isthmus reconcile}. */
@Command(name = "reconcile", mixinStandardHelpOptions = true)
final class ReconcileCommand {}
