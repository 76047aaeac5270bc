package isthmus.cli;

import isthmus.audit.Audit.By;
import picocli.CommandLine.Option;

/** Who types a command that the audit keeps, and why, where that is said. */
final class Said {
    private static final int LONGEST = 500;

    @Option(
            names = "--why",
            paramLabel = "TEXT",
            description = "Why, in one line without personal data; kept in the audit.")
    private String why = "";

    By by() {
        String line = why.strip();
        if (line.length() > LONGEST || line.chars().anyMatch(Character::isISOControl)) {
            throw new Refusal(Exit.USAGE, "--why is one line of at most " + LONGEST + " characters.");
        }
        return new By(Who.TYPES, line);
    }
}
