package isthmus.store;

/** What became of the pieces offered to one entity; {@code read} is counted by the reader, the others by the store. */
public record Tally(long read, long applied, long unchanged, long stale, long quarantined) {
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    public Tally plus(Tally other) {
        return new Tally(
                read + other.read,
                applied + other.applied,
                unchanged + other.unchanged,
                stale + other.stale,
                quarantined + other.quarantined);
    }

    /** Whether every piece that was read has come to exactly one end. */
    public boolean balances() {
        return read == applied + unchanged + stale + quarantined;
    }
}
