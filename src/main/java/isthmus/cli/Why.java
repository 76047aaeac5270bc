package isthmus.cli;

import picocli.CommandLine.Option;

/** Why somebody says something that is kept for good. */
final class Why {
    private static final int LONGEST = 500;

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why, without personal data; kept in the audit.")
    private String reason = "";

    @Option(names = "--print", description = "Only show what would be written.")
    private boolean print;

    String reason() {
        return line(reason);
    }

    /** What was typed for {@code --reason}, if it can be one. */
    static String line(String typed) {
        String line = typed.strip();
        if (line.isEmpty() || line.length() > LONGEST || line.chars().anyMatch(Character::isISOControl)) {
            throw new Refusal(Exit.USAGE, "--reason is one line of one to " + LONGEST + " characters.");
        }
        return line;
    }

    boolean isOnlyShown() {
        return print;
    }
}
