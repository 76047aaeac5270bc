package isthmus.cli;

/** Who types a command, as the machine knows them; until there is sign-in nobody knows better. */
final class Who {
    static final String TYPES = System.getProperty("user.name", "unknown");

    private Who() {}
}
