package isthmus.cli;

import isthmus.identity.Decisions.Corrected;
import isthmus.identity.Decisions.Decided;
import isthmus.identity.Decisions.Unfit;
import isthmus.identity.Link;
import isthmus.identity.Links.Standing;
import isthmus.identity.Review;
import java.util.List;

/** Links, pairs that wait and decisions, as a person reads them. */
final class IdentityText {

    private IdentityText() {}

    static Refusal unfit(Unfit unfit, String left, String right) {
        return new Refusal(Exit.USAGE, (unfit.side().equals("left") ? left : right) + ": " + unfit.getMessage() + ".");
    }

    static String corrected(Corrected corrected, boolean isOnlyShown) {
        return "%s%n  %s %s %s; the next night builds the customer anew"
                .formatted(
                        corrected.record(),
                        corrected.path(),
                        isOnlyShown ? "would be" : "is",
                        corrected.isTakenBack() ? "taken back" : "set");
    }

    static String decided(Decided decided, boolean isOnlyShown) {
        Link before = decided.before();
        Link after = decided.after();
        return "%s%n%s%n  was %s%n  %s %s by %s%s"
                .formatted(
                        after.left(),
                        after.right(),
                        before == null
                                ? "nothing"
                                : state(before) + " by " + (before.by().equals("rules") ? before.rule() : before.by()),
                        isOnlyShown ? "would be" : "is",
                        state(after),
                        after.by(),
                        after.state() == Link.State.ENDED ? "; the rules decide in the next night" : "");
    }

    private static String state(Link link) {
        return link.state().word() + (link.reason() == null ? "" : " (" + link.reason() + ")");
    }

    static String open(Review.Page page) {
        Table table = new Table("posterior", "money", "rule", "reason", "left", "name", "right", "name");
        page.open()
                .forEach(one -> table.row(
                        one.posterior().toPlainString(),
                        one.money().toPlainString(),
                        one.rule(),
                        one.reason(),
                        one.left(),
                        one.leftName() == null ? "" : one.leftName(),
                        one.right(),
                        one.rightName() == null ? "" : one.rightName()));
        return table.text() + (page.next() == null ? "" : "\nThere are more; see --limit.");
    }

    static String counts(List<Standing> standing) {
        Table table = new Table("rule", "linked", "review", "vetoed", "last decision");
        standing.forEach(one -> table.row(
                one.rule(),
                one.linked(),
                one.review(),
                one.vetoed(),
                one.since() == null ? "" : one.since().toString()));
        return table.text();
    }

    static String table(List<Link> found) {
        Table table = new Table("rule", "state", "reason", "left", "right");
        found.forEach(one -> table.row(
                one.rule(), one.state().word(), one.reason() == null ? "" : one.reason(), one.left(), one.right()));
        return table.text();
    }

    /** Each pair in a paragraph: the other record, what was decided, and the sentences for and against. */
    static String found(String id, List<Link> found) {
        StringBuilder out = new StringBuilder();
        for (Link one : found) {
            out.append(out.isEmpty() ? "" : "\n\n")
                    .append(id.equals(one.left()) ? one.right() : one.left())
                    .append("\n  ")
                    .append(one.state().word())
                    .append(" by ")
                    .append(one.by().equals("rules") ? one.rule() : one.by())
                    .append(one.night() == null ? "" : " in night " + one.night())
                    .append(", ")
                    .append(one.at());
            one.evidence().forEach(sentence -> out.append("\n  ").append(sentence));
        }
        return out.toString();
    }
}
