package isthmus.demo.truth;

/** What the checker finds on the other side: rows of the store, rows of quarantine, events of the feed. */
sealed interface Found {
    /**
     * A row of {@code record}.
     *
     * @param pending whether its quality carries REF-PENDING
     */
    record Stored(String entity, String id, boolean deleted, boolean pending, String body) implements Found {
        Stored with(String otherBody) {
            return new Stored(entity, id, deleted, pending, otherBody);
        }
    }

    /** A row of {@code quarantine}. */
    record Quarantined(String system, String entity, String locator, String reason) implements Found {}

    /** An event, and its record as it stands in the bytes of the value. */
    record Published(String eventId, String subject, String sequence, boolean deleted, String body) implements Found {
        Published with(String otherBody) {
            return new Published(eventId, subject, sequence, deleted, otherBody);
        }
    }
}
