package isthmus.reconcile;

import isthmus.identity.picture.Markup;
import isthmus.identity.picture.Svg;
import isthmus.model.Text;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Horizontal bars with a name before and two figures behind. */
final class Bars {
    private static final int MOST = 30;
    private static final int ROW = 20;
    private static final int FROM = 214;
    private static final int ROOM = 250;
    private static final int FIRST_FIGURE = 624;
    private static final int WIDEST_NAME = 34;
    private static final BigDecimal HEIGHT = BigDecimal.valueOf(11);

    private final Markup page;
    private final String id;
    private final String title;

    Bars(Markup page, String id, String title) {
        this.page = page;
        this.id = id;
        this.title = title;
    }

    /** @param look a class of the style sheet */
    record Part(String look, BigDecimal size) {}

    /**
     * @param of more about the name, for example the cause of a check's breaks
     * @param whole what a bar of full length stands for
     */
    record Row(String name, String of, List<Part> parts, BigDecimal whole, String aside, String figure) {
        private String said() {
            String told = (of.isEmpty() ? name : name + " " + of) + ": " + figure;
            return aside.isEmpty() ? told : told + " (" + aside + ")";
        }
    }

    void draw(List<Row> rows) {
        List<Row> shown = rows.subList(0, Math.min(MOST, rows.size()));
        String said = shown.stream().map(Row::said).collect(Collectors.joining("; ", "", "."));
        Svg svg = new Svg(page, id, shown.size() * ROW + 4, title, said);
        for (int i = 0; i < shown.size(); i++) {
            draw(svg, shown.get(i), i * ROW);
        }
        svg.close();
        if (rows.size() > shown.size()) {
            page.leaf("p", "and " + Figures.whole(rows.size() - shown.size()) + " more", "class", "note");
        }
    }

    private static void draw(Svg svg, Row row, int y) {
        String name = shortened(row.name, WIDEST_NAME);
        svg.name(y + 14, name, shortened(row.of, Math.max(0, WIDEST_NAME - 1 - Text.places(name))));
        svg.line(FROM, FROM + ROOM, y + 16);
        BigDecimal x = BigDecimal.valueOf(FROM);
        for (Part part : row.parts) {
            BigDecimal length = Svg.length(part.size, row.whole, ROOM);
            if (length.signum() > 0) {
                // What is thin is drawn a little wider than it is; it must not push the rest out of the chart.
                BigDecimal start = x.min(BigDecimal.valueOf(FROM + ROOM).subtract(length));
                svg.box(part.look, row.said(), start, BigDecimal.valueOf(y + 5L), length, HEIGHT);
                x = start.add(length);
            }
        }
        svg.text(FIRST_FIGURE, y + 14, "aside end", row.aside);
        svg.text(Svg.WIDTH, y + 14, "number end", row.figure);
    }

    private static String shortened(String name, int widest) {
        if (Text.places(name) <= widest) {
            return name;
        }
        StringBuilder out = new StringBuilder();
        name.codePoints()
                .takeWhile(point -> Text.places(out.toString()) < widest - 2)
                .forEach(out::appendCodePoint);
        return out.append('…').toString();
    }
}
