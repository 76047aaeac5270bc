package isthmus.security.seal;

/** Both sides of sealing, for who reads persons to write others of them. */
public record Seals(Sealer sealer, Opener opener) {
    /** For stores in which nothing was sealed. */
    public static final Seals NONE = new Seals(Sealer.NONE, Opener.NONE);
}
