package isthmus.reconcile;

/** What the quarantine knows of one entity of a system: refused pieces are explained by it. */
final class Shelf {
    private final Keys known = new Keys();
    private final Keys waiting = new Keys();
    private final Keys waitingKeyHashes = new Keys();

    static Shelf of(UnifiedShore unified, String system, String entity) {
        Shelf shelf = new Shelf();
        unified.quarantined(system, entity, row -> {
            Key locator = Key.of(row.locator());
            shelf.known.add(locator);
            if (row.waits()) {
                shelf.waiting.add(locator);
                if (row.keyHash() != null) {
                    shelf.waitingKeyHashes.add(Key.of(row.keyHash()));
                }
            }
        });
        return shelf;
    }

    /** True when a piece that is refused now was refused before. */
    boolean knows(Key locator) {
        return known.contains(locator);
    }

    /** True when a piece that is understood now waits for its release. */
    boolean holds(Key locator) {
        return waiting.contains(locator);
    }

    /** True when the newest version of a record waits, so that the store still shows the one before. */
    boolean holdsNewerOf(Key keyHash) {
        return waitingKeyHashes.contains(keyHash);
    }
}
