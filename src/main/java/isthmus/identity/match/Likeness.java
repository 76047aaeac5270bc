package isthmus.identity.match;

/** What the comparisons say of two values outside a model. */
public final class Likeness {
    private static final HanName NAME = new HanName();
    private static final HanAddress ADDRESS = new HanAddress();

    private Likeness() {}

    /** Whether two names are one but for how they are written. */
    public static boolean isOneName(String one, String other) {
        return NAME.prepared(one).equals(NAME.prepared(other));
    }

    /** What tells a flat or house from all others; empty for an address that is not so exact. */
    public static String flat(String address) {
        String prepared = ADDRESS.prepared(address);
        return prepared.isEmpty()
                ? ""
                : ADDRESS.keys(prepared, Field.FLAT).stream().findFirst().orElse("");
    }
}
