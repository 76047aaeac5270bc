package isthmus.cli;

import isthmus.store.Tally;
import java.util.Map;

/** The balance by system and entity, as a table for a terminal. */
final class BalanceTable {
    private BalanceTable() {}

    static String text(Map<String, Map<String, Tally>> systems) {
        Table balance = new Table("system", "entity", "read", "applied", "unchanged", "stale", "quarantined");
        systems.forEach((system, tallies) -> tallies.forEach((entity, tally) -> balance.row(
                system, entity, tally.read(), tally.applied(), tally.unchanged(), tally.stale(), tally.quarantined())));
        return balance.text();
    }
}
