package isthmus.crosscheck;

import isthmus.crosscheck.Break.State;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** A break in words and figures, line by line, for the person who has to decide. */
final class Explanation {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private Explanation() {}

    static String of(Break one, @Nullable Rule rule) {
        StringBuilder out = new StringBuilder();
        out.append(one.key()).append(", ").append(state(one)).append('\n');
        if (rule == null) {
            out.append("Its rule is gone; the figures of the last night that saw it:\n");
            one.evidence().forEach((name, value) -> line(out, name + " = " + value));
            return out.toString().stripTrailing();
        }
        Map<String, String> words = words(one, rule);
        out.append(rule.title()).append(": ").append(one.cause()).append("\n\n");
        line(out, fill(rule.causes().getOrDefault(one.cause(), ""), words));
        out.append('\n');
        line(out, fill(rule.explanation(), words));
        weighed(out, one, rule);
        out.append("\nat stake  ").append(stake(one)).append('\n');
        out.append("owner     ").append(one.owner()).append('\n');
        out.append("seen      since ").append(time(one.firstSeen()));
        out.append(one.opened().equals(one.firstSeen()) ? "" : ", open again since " + time(one.opened()));
        return out.append(", last ").append(time(one.lastSeen())).toString();
    }

    private static void weighed(StringBuilder out, Break one, Rule rule) {
        Tolerance tolerance = rule.tolerance();
        if (tolerance.of() == Tolerance.Of.NOTHING) {
            return;
        }
        boolean isEnergy = tolerance.of() == Tolerance.Of.KWH;
        BigDecimal difference = isEnergy ? one.kwh() : one.money();
        String left = one.evidence().get("kwh_left");
        line(
                out,
                "difference  " + (difference == null ? "0" : difference.toPlainString()) + (isEnergy ? " kWh" : "")
                        + ", allowed " + tolerance.text(isEnergy && left != null ? new BigDecimal(left) : null));
    }

    static String stake(Break one) {
        String kwh = one.kwh() == null ? "" : one.kwh().toPlainString() + " kWh";
        String money = one.money() == null ? "" : one.money().toPlainString();
        return kwh.isEmpty() && money.isEmpty() ? "-" : kwh + (kwh.isEmpty() || money.isEmpty() ? "" : ", ") + money;
    }

    private static String state(Break one) {
        StringBuilder out = new StringBuilder(one.state().word());
        if (one.state() == State.SUPPRESSED) {
            out.append(" until ").append(one.until());
        }
        if (one.state() == State.RESOLVED && one.resolved() != null) {
            out.append(' ').append(time(one.resolved()));
        } else if (one.reason() != null) {
            out.append(" by ").append(one.saidBy()).append(": ").append(one.reason());
        }
        return out.toString();
    }

    private static Map<String, String> words(Break one, Rule rule) {
        Map<String, String> words = new LinkedHashMap<>(one.evidence());
        words.put("title", rule.title());
        words.put("owner", one.owner());
        BigDecimal difference = rule.tolerance().of() == Tolerance.Of.MONEY ? one.money() : one.kwh();
        words.put("difference", difference == null ? "-" : difference.toPlainString());
        return words;
    }

    /** What the night did not know is shown as a dash. */
    private static String fill(String text, Map<String, String> words) {
        Matcher place = RuleReader.PLACE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (place.find()) {
            String value = words.getOrDefault(place.group(1), "-");
            place.appendReplacement(out, Matcher.quoteReplacement(value));
        }
        return place.appendTail(out).toString();
    }

    private static void line(StringBuilder out, String text) {
        text.lines()
                .forEach(line ->
                        out.append(line.isBlank() ? "" : "  ").append(line).append('\n'));
    }

    private static String time(OffsetDateTime time) {
        return TIME.format(time);
    }
}
