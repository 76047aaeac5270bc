package isthmus.identity.picture;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes HTML and SVG; whatever is said as text or attribute is escaped, and there is no other way to say it. */
public final class Markup {
    private final StringBuilder out;
    private final Deque<String> open = new ArrayDeque<>();

    private Markup(String head) {
        this.out = new StringBuilder(head);
    }

    /** A page for a browser. */
    public static Markup page() {
        return new Markup("<!DOCTYPE html>\n");
    }

    /** A picture that is a file by itself. */
    public static Markup picture() {
        return new Markup("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }

    /** @param attributes names and values by turns */
    public Markup open(String tag, String... attributes) {
        start(tag, attributes);
        out.append('>');
        open.push(tag);
        return this;
    }

    public Markup close() {
        out.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** An element with nothing but text in it. */
    public Markup leaf(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** An element with nothing in it. */
    public Markup empty(String tag, String... attributes) {
        start(tag, attributes);
        out.append("/>\n");
        return this;
    }

    public Markup text(String text) {
        escape(text);
        return this;
    }

    /** A style sheet, which is part of the program. */
    public Markup style(String css) {
        out.append("<style>\n").append(css).append("</style>\n");
        return this;
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not closed: " + open);
        }
        return out.toString();
    }

    private void start(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
    }

    private void escape(String text) {
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isShown(point) ? point : 0xFFFD);
            }
        });
    }

    /** Controls break a page, and those of direction turn what stands behind them around. */
    private static boolean isShown(int point) {
        boolean turnsAround = point >= 0x202A && point <= 0x202E || point >= 0x2066 && point <= 0x2069;
        boolean isHalf = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return !Character.isISOControl(point) && !turnsAround && !isHalf;
    }
}
