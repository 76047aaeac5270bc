package isthmus.cli;

/** A command that cannot be carried out: one sentence for the person who typed it, and the exit code. */
final class Refusal extends RuntimeException {
    private final int exitCode;

    Refusal(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
