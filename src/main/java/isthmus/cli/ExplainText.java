package isthmus.cli;

import isthmus.identity.Explain.Explained;
import isthmus.identity.Explain.Part;
import isthmus.identity.Link;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Two records and what speaks for them being one, as a table with bars and in words. */
final class ExplainText {
    /** A bar of a side is at most so long; so many bits make it a place longer. */
    private static final int LONGEST = 18;

    private static final BigDecimal BITS_A_PLACE = BigDecimal.ONE;

    private ExplainText() {}

    static String of(Explained pair) {
        StringBuilder out = new StringBuilder();
        out.append("left   ")
                .append(pair.left())
                .append("\nright  ")
                .append(pair.right())
                .append("\n\n");
        if (!pair.parts().isEmpty()) {
            out.append(table(pair)).append("\n\n");
            for (Part part : pair.parts()) {
                out.append(part.words()).append('\n');
            }
            out.append("Before anything is known of the two, it is 1 of %,d.%n".formatted(pair.others()));
            out.append(pair.met() ? "" : "They have nothing in common by which a night would weigh them.\n");
            out.append('\n');
        }
        out.append("by likeness  ").append(pair.decision().equals("none") ? "no link" : pair.decision());
        out.append(pair.why() == null ? "" : ", " + pair.why()).append(": ").append(pair.words());
        pair.rivals()
                .forEach(rival -> out.append("\n             might as well be ").append(rival));
        out.append("\nit stands    ").append(stands(pair.stands(), pair.said()));
        return out.toString();
    }

    private static String table(Explained pair) {
        Table table = new Table("field", "level", "left", "right", "bits", "against | for");
        table.row("prior", "", "", "1 of %,d".formatted(pair.others()), bits(pair.prior()), bar(pair.prior()));
        for (Part part : pair.parts()) {
            table.row(part.field(), part.level(), part.left(), part.right(), bits(part.bits()), bar(part.bits()));
        }
        BigDecimal together = pair.prior().add(pair.weight());
        table.row("together", "", "weight", pair.weight().toPlainString(), bits(together), bar(together));
        table.row("posterior", "", "by", pair.version(), pair.posterior().toPlainString(), "");
        return table.text();
    }

    private static String bits(BigDecimal bits) {
        return bits.signum() == 0 ? "" : "%+7.2f".formatted(bits);
    }

    private static String bar(BigDecimal bits) {
        int places = bits.abs()
                .divide(BITS_A_PLACE, 0, RoundingMode.HALF_UP)
                .min(BigDecimal.valueOf(LONGEST))
                .intValueExact();
        String bar = "█".repeat(places);
        return bits.signum() < 0 ? " ".repeat(LONGEST - places) + bar + "|" : " ".repeat(LONGEST) + "|" + bar;
    }

    private static String stands(@Nullable Link link, @Nullable String said) {
        if (link == null) {
            return "nothing; no night and nobody has said anything of the two";
        }
        StringBuilder out = new StringBuilder(link.state().word());
        out.append(" by ").append(link.by().equals("rules") ? link.rule() : link.by());
        out.append(link.night() == null ? "" : " in night " + link.night())
                .append(", ")
                .append(link.at());
        out.append(said == null ? "" : ": " + said);
        link.evidence().forEach(sentence -> out.append("\n             ").append(sentence));
        return out.toString();
    }
}
