package isthmus.reconcile;

/** What the quarantine knows of one entity of a system: refused pieces are explained by it. */
final class Shelf {
    private final Keys known = new Keys();
    private final Keys waiting = new Keys();

    static Shelf of(UnifiedShore unified, String system, String entity) {
        Shelf shelf = new Shelf();
        unified.quarantined(system, entity, row -> {
            Key locator = Key.of(row.locator());
            shelf.known.add(locator);
            if (row.waits()) {
                shelf.waiting.add(locator);
            }
        });
        return shelf;
    }

    /** True when a piece that is refused now was refused before. */
    boolean knows(Key locator) {
        return known.contains(locator);
    }

    /** True when a piece that is understood now was refused last; it waits for its release, or was dropped. */
    boolean holds(Key locator) {
        return waiting.contains(locator);
    }
}
