package isthmus.identity;

import isthmus.identity.match.Model;
import isthmus.identity.match.Score;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What likeness alone makes of two records, as the statement of the night decides it, and in words. */
record Verdict(String decision, @Nullable String why, String words) {
    static final String NONE = "none";

    private static final String REVIEW = "review";

    static Verdict of(Model model, Score score, List<String> rivals, boolean isOneSystem) {
        double posterior = score.posterior();
        Model.Limits limits = model.limits();
        if (isOneSystem && model.within() == Model.Within.NEVER) {
            return new Verdict(NONE, "one-system", "Both are of one system, which is said to have nobody twice.");
        }
        if (score.isVetoed()) {
            String unlike = "Their names do not resemble each other, as those of a family do not";
            return posterior >= limits.link()
                    ? new Verdict(REVIEW, "unlike", unlike + "; so much else agrees that a person has to look.")
                    : new Verdict(NONE, "unlike", unlike + ".");
        }
        if (posterior < limits.review()) {
            return new Verdict(NONE, null, "Below %s they are not even looked at.".formatted(plain(limits.review())));
        }
        if (posterior < limits.link()) {
            return new Verdict(
                    REVIEW,
                    "unsure",
                    "From %s a person looks, from %s they are linked."
                            .formatted(plain(limits.review()), plain(limits.link())));
        }
        if (score.strong() < 2) {
            return new Verdict(REVIEW, "thin", "Sure enough, but only one of name, address and contact says so.");
        }
        if (!rivals.isEmpty()) {
            return new Verdict(
                    REVIEW,
                    "rival",
                    "Sure enough, but one of them might as well be another record of the same system.");
        }
        if (isOneSystem && model.within() == Model.Within.REVIEW) {
            return new Verdict(
                    REVIEW, "one-system", "Sure enough, but only a person says that a system has somebody twice.");
        }
        return new Verdict("linked", null, "From %s two are linked.".formatted(plain(limits.link())));
    }

    /** What a field says, and how often it is so. */
    static String words(Score.Evidence said, @Nullable Double m, @Nullable Double u) {
        if (m == null || u == null) {
            return "%s: one of them has none, which says nothing.".formatted(said.field());
        }
        String text = "%s %s: so are %s of the pairs that are one, and %s of others."
                .formatted(said.field(), said.level(), often(m), often(u));
        return said.vetoes() ? text + " It keeps them from being linked." : text;
    }

    private static String often(double share) {
        return share >= 0.01
                ? plain(new BigDecimal(share * 100).round(new MathContext(2)).doubleValue()) + " %"
                : "1 in " + String.format(Locale.ROOT, "%,d", Math.round(1 / share));
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
