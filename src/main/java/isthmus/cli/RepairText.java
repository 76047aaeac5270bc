package isthmus.cli;

import isthmus.normalize.Differences.Difference;
import isthmus.reconcile.Repair.Ended;
import isthmus.reconcile.Repair.Item;
import isthmus.reconcile.Repair.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a repair would do, and what it did, for people with a terminal. */
final class RepairText {
    private static final int NAMED = 50;

    private RepairText() {}

    static String preview(Plan plan) {
        if (plan.items().isEmpty()) {
            return "Both shores agree; there is nothing to repair.";
        }
        return table(plan.items(), "would be ") + more(plan.more())
                + fields(plan.items())
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

    /** What is different in one record, or why nothing is said of it. */
    static String explain(String id, @Nullable List<Difference> fields) {
        if (fields == null) {
            return id
                    + "\nOne of the shores does not have it, or shows it in pieces; isthmus reconcile repair says which.";
        }
        return fields.isEmpty() ? id + "\nThe store says what its system says." : head() + said(id, fields);
    }

    private static String fields(List<Item> items) {
        StringBuilder out = new StringBuilder();
        items.stream()
                .filter(item -> !item.fields().isEmpty())
                .limit(NAMED)
                .forEach(item -> out.append(said(item.id(), item.fields())));
        return out.isEmpty() ? "" : "\n\n" + head() + out;
    }

    private static String head() {
        return "From the store to the source:\n";
    }

    private static String said(String id, List<Difference> fields) {
        StringBuilder out = new StringBuilder(id).append('\n');
        fields.forEach(field -> out.append("  ").append(field).append('\n'));
        return out.toString();
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
