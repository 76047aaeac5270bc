package isthmus.reconcile;

import isthmus.crosscheck.CheckResult;
import isthmus.crosscheck.CheckResult.Cause;
import isthmus.identity.picture.Markup;
import isthmus.identity.picture.Svg;
import isthmus.reconcile.NightReport.Line;
import isthmus.reconcile.NightReport.Verdict;
import isthmus.reconcile.Nights.Past;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The charts of the page, drawn on the server: every mark has its number beside it, and says it to those who cannot see. */
final class PageCharts {
    /** The trend has room for so many nights, however few they are. */
    private static final int SLOTS = 30;

    private static final int SLOT = 17;
    private static final int FROM = 116;
    private static final int UNTIL = FROM + SLOTS * SLOT;
    private static final int PANEL = 40;
    private static final BigDecimal BAR = BigDecimal.valueOf(11);

    private final Markup page;

    PageCharts(Markup page) {
        this.page = page;
    }

    /** Verdict, open breaks and money, night by night. */
    void trend(List<Past> past) {
        Past first = past.get(0);
        Past last = past.get(past.size() - 1);
        String verdicts = "%d red, %d amber, %d green"
                .formatted(count(past, Verdict.RED), count(past, Verdict.AMBER), count(past, Verdict.GREEN));
        begin("The last " + Figures.count(past.size(), "night"), verdicts + ".");
        Svg svg = new Svg(
                page,
                "trend",
                160,
                "Verdict, breaks and money at stake of the last nights",
                "From %s to %s: %s; the last is %s.".formatted(day(first), day(last), verdicts, last.verdict()));
        svg.text(0, 17, "label", "verdict");
        for (int i = 0; i < past.size(); i++) {
            verdict(svg, middle(i), past.get(i));
        }
        svg.text(Svg.WIDTH, 17, "number end", last.verdict().name());
        panel(svg, 74, past, "breaks", Past::breaks, Figures::whole);
        panel(svg, 130, past, "money at stake", Past::money, Figures::amount);
        svg.text(middle(0) - 6, 154, "axis", day(first));
        // Two dates need room for both.
        if (past.size() > 8) {
            svg.text(middle(past.size() - 1) + 6, 154, "axis end", day(last));
        }
        svg.close();
        end();
    }

    private static int middle(int i) {
        return FROM + i * SLOT + SLOT / 2;
    }

    /** The shape tells the verdict as the colour does, on paper too. */
    private static void verdict(Svg svg, int x, Past night) {
        String told = "night %d, %s: %s".formatted(night.id(), day(night), night.verdict());
        switch (night.verdict()) {
            case GREEN ->
                svg.mark("green", told, "M %d 13 a 4.5 4.5 0 1 0 9 0 a 4.5 4.5 0 1 0 -9 0 z".formatted(x - 4));
            case AMBER -> svg.mark("amber", told, "M %d 7 l 6 6 l -6 6 l -6 -6 z".formatted(x));
            case RED -> svg.mark("red", told, "M %d 8 h 10 v 10 h -10 z".formatted(x - 5));
        }
    }

    private static <T extends Number> void panel(
            Svg svg,
            int base,
            List<Past> past,
            String what,
            Function<Past, @Nullable T> figure,
            Function<T, String> written) {
        Past last = past.get(past.size() - 1);
        Past most = past.stream()
                .filter(night -> figure.apply(night) != null)
                .max(Comparator.comparing(night -> number(figure.apply(night))))
                .orElse(last);
        svg.text(0, base - 16, "label", what);
        T highest = figure.apply(most);
        svg.text(0, base - 2, "axis", highest == null ? "" : "at most " + written.apply(highest));
        svg.line(FROM, UNTIL, base);
        for (int i = 0; i < past.size(); i++) {
            T value = figure.apply(past.get(i));
            if (value != null) {
                BigDecimal height = Svg.length(number(value), number(highest), PANEL);
                svg.box(
                        i == past.size() - 1 ? "bar now" : "bar",
                        "night %d, %s: %s".formatted(past.get(i).id(), day(past.get(i)), written.apply(value)),
                        BigDecimal.valueOf(middle(i) - 5L),
                        BigDecimal.valueOf(base).subtract(height),
                        BAR,
                        height);
            }
        }
        T value = figure.apply(last);
        svg.text(Svg.WIDTH, base - 2, "number end", value == null ? "–" : written.apply(value));
    }

    /** How much of each source stands in the store or in quarantine. */
    void completeness(List<Line> lines) {
        if (lines.isEmpty()) {
            return;
        }
        List<Bars.Row> rows = new ArrayList<>();
        for (Line line : lines) {
            long missing = line.missing().total();
            long there = line.source() - missing;
            rows.add(new Bars.Row(
                    line.system() + "." + line.entity(),
                    "",
                    List.of(
                            new Bars.Part("unified", BigDecimal.valueOf(there - line.quarantined())),
                            new Bars.Part("quarantined", BigDecimal.valueOf(line.quarantined())),
                            new Bars.Part("missing", BigDecimal.valueOf(missing))),
                    BigDecimal.valueOf(line.source()),
                    Figures.whole(there) + " of " + Figures.whole(line.source()),
                    Figures.share(there, line.source())));
        }
        begin("Completeness", "What the legacy systems hold, and where it is. Shares are rounded down.");
        legend("unified", "in the store", "quarantined", "in quarantine", "missing", "in neither");
        new Bars(page, "completeness", "Completeness by system and entity").draw(rows);
        end();
    }

    /** Breaks by check and cause. */
    void causes(List<CheckResult> checks) {
        record Named(String check, Cause cause) {}
        List<Named> causes = checks.stream()
                .flatMap(check -> check.causes().stream().map(cause -> new Named(check.code(), cause)))
                .sorted(Comparator.comparing((Named one) -> one.cause.breaks()).reversed())
                .toList();
        if (causes.isEmpty()) {
            return;
        }
        BigDecimal most = BigDecimal.valueOf(causes.get(0).cause.breaks());
        List<Bars.Row> rows = causes.stream()
                .map(one -> new Bars.Row(
                        one.check,
                        one.cause.cause(),
                        List.of(new Bars.Part("bar", BigDecimal.valueOf(one.cause.breaks()))),
                        most,
                        stake(one.cause),
                        Figures.whole(one.cause.breaks())))
                .toList();
        begin(
                "Breaks by check and cause",
                "Open and acknowledged, without checks of severity info; beside them what is at stake.");
        new Bars(page, "causes", "Breaks by check and cause").draw(rows);
        end();
    }

    /** Money by check. */
    void stakes(List<CheckResult> checks) {
        List<CheckResult> costly = checks.stream()
                .filter(check -> check.money().signum() > 0)
                .sorted(Comparator.comparing(CheckResult::money).reversed())
                .toList();
        if (costly.isEmpty()) {
            return;
        }
        BigDecimal most = costly.get(0).money();
        List<Bars.Row> rows = costly.stream()
                .map(check -> new Bars.Row(
                        check.code(),
                        check.owner(),
                        List.of(new Bars.Part("bar", check.money())),
                        most,
                        Figures.count(check.open() + check.acknowledged(), "break"),
                        Figures.amount(check.money())))
                .toList();
        begin("Money at stake by check", "In the currency of the bills, with the owner of each check.");
        new Bars(page, "stakes", "Money at stake by check").draw(rows);
        end();
    }

    private static String stake(Cause cause) {
        if (cause.money().signum() > 0) {
            return "money " + Figures.amount(cause.money());
        }
        return cause.kwh().signum() > 0 ? "kWh " + Figures.amount(cause.kwh()) : "";
    }

    private void begin(String title, String note) {
        page.open("figure")
                .open("figcaption")
                .leaf("h2", title)
                .leaf("p", note, "class", "note")
                .close();
    }

    private void end() {
        page.close();
    }

    /** @param looks classes and what they mean, by turns */
    private void legend(String... looks) {
        page.open("p", "class", "legend");
        for (int i = 0; i < looks.length; i += 2) {
            page.leaf("i", "", "class", looks[i]).leaf("span", looks[i + 1]);
        }
        page.close();
    }

    private static long count(List<Past> past, Verdict verdict) {
        return past.stream().filter(night -> night.verdict() == verdict).count();
    }

    private static String day(Past night) {
        return night.asOf().toLocalDate().toString();
    }

    private static BigDecimal number(@Nullable Number number) {
        return new BigDecimal(Objects.toString(number, "0"));
    }
}
