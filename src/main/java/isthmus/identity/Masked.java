package isthmus.identity;

/** Hides most of a value from whoever only has to tell it from another. */
final class Masked {
    private Masked() {}

    /** The first character of a name, and a star for each of the others, by code point. */
    static String name(String name) {
        int points = name.codePointCount(0, name.length());
        return points == 0 ? "" : name.substring(0, name.offsetByCodePoints(0, 1)) + "*".repeat(points - 1);
    }
}
