package isthmus.identity;

import isthmus.identity.Explain.Explained;
import isthmus.identity.Explain.Part;
import isthmus.identity.picture.Markup;
import isthmus.identity.picture.Svg;
import isthmus.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;

/** Draws how the weights of two records add up: from the prior, field by field, to how likely they are one. */
final class Waterfall {
    private static final int HEAD = 64;
    private static final int ROW = 28;
    private static final int VALUES = 132;
    private static final int FROM = 346;
    private static final int UNTIL = 640;
    private static final int WIDEST_VALUE = 38;
    private static final BigDecimal BAR = BigDecimal.valueOf(13);
    private static final BigDecimal THINNEST = new BigDecimal("1.5");
    /** Where as much speaks for it as against it. */
    private static final BigDecimal EVEN = BigDecimal.ZERO;

    private final Explained pair;
    private final Svg svg;
    private final BigDecimal sure;
    private final BigDecimal least;
    private final BigDecimal most;
    private int row;

    private Waterfall(Explained pair, Markup page) {
        this.pair = pair;
        this.sure = bits(pair.link());
        BigDecimal sum = pair.prior();
        BigDecimal low = sum.min(EVEN);
        BigDecimal high = sum.max(sure);
        for (Part part : pair.parts()) {
            sum = sum.add(part.bits());
            low = low.min(sum);
            high = high.max(sum);
        }
        this.least = low;
        this.most = high;
        this.svg = Svg.file(page, HEAD + (pair.parts().size() + 2) * ROW + 26, title(), told(), css());
    }

    static String of(Explained pair) {
        Markup page = Markup.picture();
        new Waterfall(pair, page).draw();
        return page.toString();
    }

    private String title() {
        return pair.left() + " and " + pair.right();
    }

    private String told() {
        return pair.parts().stream()
                .map(part -> part.field() + " " + part.level() + " " + signed(part.bits()))
                .collect(Collectors.joining(
                        ", ",
                        "prior " + signed(pair.prior()) + ", ",
                        ": posterior " + pair.posterior().toPlainString() + "."));
    }

    private void draw() {
        svg.text(0, 15, "head", shortened(pair.left(), 100));
        svg.text(0, 32, "head", shortened(pair.right(), 100));
        svg.text(0, 49, "soft", shortened(pair.words(), 110));
        svg.text(Svg.WIDTH, 20, "figure end", pair.posterior().toPlainString());
        svg.text(Svg.WIDTH, 36, "soft end", "posterior");
        svg.line(0, Svg.WIDTH, HEAD - 6);
        limit(EVEN, "even");
        limit(sure, pair.link().toPlainString());
        step("prior", "", "1 of " + grouped(pair.others()), "", BigDecimal.ZERO, pair.prior(), "prior");
        BigDecimal sum = pair.prior();
        for (Part part : pair.parts()) {
            String look = part.bits().signum() < 0 ? "against" : "bar";
            step(part.field(), part.level(), shown(part.left()), shown(part.right()), sum, part.bits(), look);
            sum = sum.add(part.bits());
        }
        svg.line(0, Svg.WIDTH, HEAD + row * ROW);
        BigDecimal all = pair.prior().add(pair.weight());
        step("together", "", pair.version(), "", BigDecimal.ZERO, all, all.signum() < 0 ? "against" : "now");
        svg.close();
    }

    private static String shown(String value) {
        return value.isEmpty() ? "–" : value;
    }

    /** How much has to speak for a pair for it to be so likely; at most what any pair may have. */
    private static BigDecimal bits(BigDecimal chance) {
        double share = Math.min(0.9999, chance.doubleValue());
        return BigDecimal.valueOf(Math.log(share / (1 - share)) / Math.log(2)).setScale(2, RoundingMode.HALF_UP);
    }

    /** A bar from where the sum stood to where it stands now; the values below each other where they differ. */
    private void step(
            String name, String of, String left, String right, BigDecimal from, BigDecimal bits, String look) {
        int y = HEAD + row * ROW;
        svg.name(y + 17, name, of);
        if (right.isEmpty() || left.equals(right)) {
            svg.text(VALUES, y + 17, "soft", shortened(left, WIDEST_VALUE));
        } else {
            svg.text(VALUES, y + 11, "axis", shortened(left, WIDEST_VALUE));
            svg.text(VALUES, y + 23, "axis", shortened(right, WIDEST_VALUE));
        }
        BigDecimal start = x(from.min(from.add(bits)));
        BigDecimal length = x(from.max(from.add(bits))).subtract(start);
        if (bits.signum() != 0) {
            svg.box(
                    look,
                    name + " " + of + ": " + signed(bits),
                    start,
                    BigDecimal.valueOf(y + 7L),
                    length.max(THINNEST),
                    BAR);
        }
        svg.text(Svg.WIDTH, y + 17, "number end", bits.signum() == 0 ? "" : signed(bits));
        row++;
    }

    private void limit(BigDecimal bits, String name) {
        int until = HEAD + (pair.parts().size() + 2) * ROW + 8;
        svg.mark("limit", name, "M %s %d V %d".formatted(x(bits), HEAD, until));
        svg.text(x(bits).intValue() + 3, until + 8, "axis", name);
    }

    private BigDecimal x(BigDecimal bits) {
        BigDecimal whole = most.subtract(least);
        return BigDecimal.valueOf(FROM)
                .add(bits.subtract(least)
                        .multiply(BigDecimal.valueOf(UNTIL - FROM))
                        .divide(whole, 1, RoundingMode.HALF_UP));
    }

    /** With a minus that is as wide as a plus. */
    private static String signed(BigDecimal bits) {
        String plain = bits.abs().toPlainString();
        return bits.signum() < 0 ? "\u2212" + plain : "+" + plain;
    }

    private static String grouped(long number) {
        return "%,d".formatted(number);
    }

    private static String shortened(String text, int widest) {
        if (Text.places(text) <= widest) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .takeWhile(point -> Text.places(out.toString()) < widest - 2)
                .forEach(out::appendCodePoint);
        return out.append('…').toString();
    }

    private static String css() {
        try (InputStream in = Waterfall.class.getResourceAsStream("/isthmus/identity/waterfall.css")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new UncheckedIOException("the style sheet is part of the jar", fault);
        }
    }
}
