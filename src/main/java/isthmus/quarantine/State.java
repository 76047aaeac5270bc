package isthmus.quarantine;

import java.util.Locale;

/** What has become of a quarantined piece. */
public enum State {
    /** It waits. */
    OPEN,
    /** It was offered again and understood. */
    REPLAYED,
    /** A person decided that it will never be. */
    DROPPED,
    /** The store has a newer version. */
    SUPERSEDED;

    static State of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }

    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }
}
