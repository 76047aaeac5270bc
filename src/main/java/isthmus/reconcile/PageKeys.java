package isthmus.reconcile;

import isthmus.identity.picture.Markup;
import isthmus.reconcile.NightReport.Breaks;
import isthmus.reconcile.NightReport.Line;
import java.util.List;

/** The section of the page that names the keys on which the shores do not agree. */
final class PageKeys {
    private static final int NAMED = 20;

    private final Markup page;

    PageKeys(Markup page) {
        this.page = page;
    }

    void write(List<Line> lines) {
        if (lines.stream().allMatch(Line::agrees)) {
            return;
        }
        page.open("section").leaf("h2", "Keys that do not agree");
        for (Line line : lines) {
            keys(line, "missing in the store", line.missing());
            keys(line, "only in the store", line.extra());
            keys(line, "different", line.different());
        }
        page.close();
    }

    private void keys(Line line, String what, Breaks breaks) {
        if (breaks.total() == 0) {
            return;
        }
        page.leaf("h3", "%s.%s, %s: %s".formatted(line.system(), line.entity(), what, Figures.whole(breaks.total())));
        page.open("ul", "class", "keys");
        List<String> named =
                breaks.names().subList(0, Math.min(NAMED, breaks.names().size()));
        named.forEach(name -> page.leaf("li", name));
        if (breaks.total() > named.size()) {
            page.leaf("li", "and " + Figures.whole(breaks.total() - named.size()) + " more", "class", "more");
        }
        page.close();
    }
}
