package isthmus.source;

/** File names from outside are hostile until they are one plain name. */
final class Names {
    private static final int MAX_LENGTH = 128;

    private Names() {}

    /** True for a name that can neither leave its directory nor end a command line nor be a pattern or a hidden file. */
    static boolean isPlain(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_LENGTH
                && name.charAt(0) != '.'
                && name.charAt(0) != '-'
                && !name.contains("..")
                && name.chars().noneMatch(Names::isHostile);
    }

    private static boolean isHostile(int c) {
        return c < ' ' || c == 0x7f || "/\\*?\"<>|:;%".indexOf(c) >= 0 || Character.getType(c) == Character.FORMAT;
    }
}
