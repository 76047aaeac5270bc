package isthmus.cli;

/** What a command's exit code says to a scheduler. */
final class Exit {
    static final int OK = 0;
    static final int CHECK_FAILED = 1;
    static final int USAGE = 2;
    static final int CANNOT_REACH = 3;
    static final int REFUSED = 4;

    private Exit() {}
}
