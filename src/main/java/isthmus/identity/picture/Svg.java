package isthmus.identity.picture;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** One drawing of the page's width; how its marks look stands in the style sheet. */
public final class Svg {
    /** Of the page and of every drawing, in pixels. */
    public static final int WIDTH = 720;

    /** What is there is seen, however small its share. */
    private static final BigDecimal THINNEST = new BigDecimal("1.5");

    private final Markup page;

    /** @param said the same in words, for those who cannot see it */
    public Svg(Markup page, String id, int height, String title, String said) {
        this.page = page;
        page.open(
                        "svg",
                        "viewBox",
                        "0 0 " + WIDTH + " " + height,
                        "role",
                        "img",
                        "aria-labelledby",
                        id + "-title " + id + "-desc")
                .leaf("title", title, "id", id + "-title")
                .leaf("desc", said, "id", id + "-desc");
    }

    private Svg(Markup page) {
        this.page = page;
    }

    /** A drawing that is a file by itself, on white, with its own style sheet. */
    public static Svg file(Markup page, int height, String title, String said, String css) {
        Svg svg = new Svg(page);
        page.open(
                        "svg",
                        "xmlns",
                        "http://www.w3.org/2000/svg",
                        "viewBox",
                        "0 0 " + WIDTH + " " + height,
                        "width",
                        "" + WIDTH,
                        "height",
                        "" + height,
                        "role",
                        "img",
                        "aria-labelledby",
                        "title desc")
                .leaf("title", title, "id", "title")
                .leaf("desc", said, "id", "desc")
                .style(css);
        return svg;
    }

    /** @param look classes of the style sheet; {@code end} writes up to x instead of from x on */
    public void text(int x, int y, String look, String text) {
        page.leaf("text", text, "x", "" + x, "y", "" + y, "class", look);
    }

    /** A name, and softer what it is of. */
    public void name(int y, String name, String of) {
        page.open("text", "x", "0", "y", "" + y, "class", "label").text(name);
        page.leaf("tspan", of, "dx", "7", "class", "soft").close();
    }

    public void line(int x1, int x2, int y) {
        page.empty("line", "x1", "" + x1, "x2", "" + x2, "y1", "" + y, "y2", "" + y, "class", "base");
    }

    /** A mark that says what it means when it is pointed at. */
    public void mark(String look, String told, String path) {
        page.open("path", "class", look, "d", path).leaf("title", told).close();
    }

    public void box(String look, String told, BigDecimal x, BigDecimal y, BigDecimal width, BigDecimal height) {
        page.open(
                        "rect",
                        "class",
                        look,
                        "x",
                        x.toPlainString(),
                        "y",
                        y.toPlainString(),
                        "width",
                        width.toPlainString(),
                        "height",
                        height.toPlainString())
                .leaf("title", told)
                .close();
    }

    public void close() {
        page.close();
    }

    /** How long a bar is for a part of a whole that is {@code room} long. */
    public static BigDecimal length(BigDecimal part, BigDecimal whole, int room) {
        return part.signum() <= 0 || whole.signum() <= 0
                ? BigDecimal.ZERO
                : part.multiply(BigDecimal.valueOf(room))
                        .divide(whole, 1, RoundingMode.HALF_UP)
                        .max(THINNEST);
    }
}
