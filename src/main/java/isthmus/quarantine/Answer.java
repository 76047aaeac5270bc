package isthmus.quarantine;

/** What became of one piece that was to be offered again, and one sentence for people. */
public record Answer(long id, Fate fate, String text) {

    /** The kinds of answer. */
    public enum Fate {
        /** Understood; the store has it. */
        REPLAYED,
        /** Understood, but the store has a newer version. */
        SUPERSEDED,
        /** Refused again; it stays open. */
        REFUSED,
        /** It cannot be offered: a whole file, or a pull that is gone. It stays open. */
        IMPOSSIBLE,
        /** It was not open; nothing was done. */
        SETTLED_BEFORE
    }
}
