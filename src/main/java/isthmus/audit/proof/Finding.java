package isthmus.audit.proof;

/**
 * Something that is not as it was written.
 *
 * @param number of the entry, from which on, or about which; 0 where it is about a head alone
 * @param text a sentence
 */
public record Finding(Kind kind, long number, String text) {

    /** What kind of alteration it shows. */
    public enum Kind {
        /** A line that is none. */
        UNREADABLE,
        /** The text of an entry is not what was hashed. */
        CHANGED,
        /** Entries are not there. */
        MISSING,
        /** An entry stands where another one should. */
        MISPLACED,
        /** The end is not there, as a head says. */
        CUT,
        /** Every hash fits, but a head says that they were others. */
        REWRITTEN,
        /** An entry is older than the one before it, and the hub has not noted that its clock was put back. */
        CLOCK,
        /** A head that its key has not signed, or whose key nobody vouches for. */
        FORGED
    }
}
