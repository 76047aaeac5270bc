package isthmus.cli;

/** Whose hands are at the keyboard, as the audit has it. */
final class Account {
    private Account() {}

    static String own() {
        return System.getProperty("user.name", "unknown");
    }
}
