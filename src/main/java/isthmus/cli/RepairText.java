package isthmus.cli;

import isthmus.reconcile.Repair.Ended;
import isthmus.reconcile.Repair.Item;
import isthmus.reconcile.Repair.Plan;
import java.util.List;

/** What a repair would do, and what it did, for people with a terminal. */
final class RepairText {
    private static final int NAMED = 50;

    private RepairText() {}

    static String preview(Plan plan) {
        if (plan.items().isEmpty()) {
            return "Both shores agree; there is nothing to repair.";
        }
        return table(plan.items(), "would be ") + more(plan.more())
                + "\nNothing was changed. isthmus reconcile repair --execute does it.";
    }

    static String ended(Ended ended) {
        if (ended.cured().isEmpty() && ended.left().isEmpty()) {
            return "Both shores agree; there was nothing to repair.";
        }
        StringBuilder out = new StringBuilder();
        if (!ended.cured().isEmpty()) {
            out.append(table(ended.cured(), "")).append('\n');
        }
        out.append("cured ")
                .append(ended.cured().size())
                .append(", left ")
                .append(ended.left().size());
        if (!ended.left().isEmpty()) {
            out.append("\n\n").append(table(ended.left(), "not "));
        }
        return out.append(more(ended.more())).toString();
    }

    private static String more(long more) {
        return more == 0 ? "" : "\n" + more + " more differ; a repair takes a part of them, so run it again.";
    }

    private static String table(List<Item> items, String would) {
        Table table = new Table("system", "entity", "is", "", "id");
        items.stream()
                .limit(NAMED)
                .forEach(item ->
                        table.row(item.system(), item.entity(), item.kind().word(), fate(item, would), item.id()));
        int more = items.size() - NAMED;
        return table.text() + (more > 0 ? "\n… and " + more + " more; --json names them all" : "");
    }

    private static String fate(Item item, String would) {
        if (item.refusal() != null) {
            return item.refusal();
        }
        return would
                + switch (item.kind()) {
                    case MISSING, DIFFERENT -> "read again";
                    case EXTRA -> "told as deleted";
                };
    }
}
