package isthmus.cli;

import isthmus.identity.DayLinking;
import isthmus.identity.LinkReport;
import isthmus.identity.LinkReport.Count;
import isthmus.identity.LinkRule;
import isthmus.identity.Linking;
import isthmus.security.seal.Seals;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;

/**
 * What it costs to find out which of many customers are one: so many people, each known to two systems, matched from
 * nothing; the next night, in which nobody has changed; and single ones that change by day.
 */
final class IdentityBench {
    private static final double MOST_MINUTES = 10;
    private static final int AIM_MILLISECONDS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int WARMING = 200;
    private static final int CHANGED = 200;
    private static final int OF = 1_000_000;
    /**
     * Of a hundred people about eighty-six have not moved and are written alike. Among a million, a common name and a flat are
     * not sure enough for a link (model.md 7.4), and wait for a person.
     */
    private static final double FEWEST_FOUND = 0.8;

    private final int people;
    private final BenchSite site;

    IdentityBench(int people, BenchSite site) {
        this.people = people;
        this.site = site;
    }

    /** One night. */
    private record Night(BenchCost cost, Count found) {
        double minutes() {
            return seconds() / 60;
        }

        double seconds() {
            return cost.processorSeconds().values().stream()
                    .mapToDouble(spent -> spent)
                    .sum();
        }

        Map<String, Object> document() {
            Map<String, Object> document = new LinkedHashMap<>();
            cost.processorSeconds().forEach((process, spent) -> document.put(process, BenchCost.rounded(spent)));
            document.put("sum", BenchCost.rounded(seconds()));
            document.put("seconds", BenchCost.rounded(cost.seconds()));
            document.put("linked", found.linked());
            document.put("review", found.review());
            return document;
        }
    }

    /**
     * Single customers that have changed, each matched by itself.
     *
     * @param nanos of each, ascending
     */
    private record Day(long[] nanos) {
        double milliseconds(int percent) {
            return nanos[(int) ((nanos.length - 1L) * percent / 100)] / 1e6;
        }

        /** An aim and no bound: how long one takes says nothing of whether the right ones are found. */
        boolean isMet() {
            return milliseconds(50) < AIM_MILLISECONDS;
        }
    }

    /** Both nights, and the day between. */
    record Report(int people, Night first, Night same, Day day, Map<String, Long> peakMiB) {
        boolean isSound() {
            double most = MOST_MINUTES * Math.max(1, (double) people / OF);
            return first.minutes() <= most
                    && first.found().linked() + first.found().review() >= FEWEST_FOUND * people
                    && same.found().linked() == first.found().linked()
                    && same.found().fresh() == 0;
        }

        Map<String, Object> document() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("people", people);
            document.put("first", first.document());
            document.put("same", same.document());
            document.put(
                    "changed",
                    Map.of(
                            "p50Ms", BenchCost.rounded(day.milliseconds(50)),
                            "p99Ms", BenchCost.rounded(day.milliseconds(99)),
                            "aimMs", AIM_MILLISECONDS,
                            "met", day.isMet()));
            document.put("peakMemoryMiB", peakMiB);
            document.put("sound", isSound());
            return document;
        }

        String text() {
            Table table = new Table("night", "hub", "store", "CPU s", "wall s", "linked", "review");
            row(table, "first", first);
            row(table, "same", same);
            return table.text() + "\n" + people + " people, each in two systems; hub at most " + peakMiB.get(Bench.HUB)
                    + " MiB. " + one(day.milliseconds(50)) + " ms until one that has changed is matched (p99 "
                    + one(day.milliseconds(99)) + "), where " + AIM_MILLISECONDS + " are the aim: "
                    + (day.isMet() ? "met. " : "missed. ")
                    + (isSound()
                            ? "As many are found as must be, and the second night finds the same."
                            : "Not sound: too dear, or too few are found.");
        }

        private static void row(Table table, String name, Night night) {
            Map<String, Double> spent = night.cost().processorSeconds();
            table.row(
                    name,
                    one(spent.getOrDefault(Bench.HUB, 0.0)),
                    one(spent.getOrDefault("store", 0.0)),
                    one(night.seconds()),
                    one(night.cost().seconds()),
                    night.found().linked(),
                    night.found().review());
        }

        private static String one(double seconds) {
            return String.format(Locale.ROOT, "%.1f", seconds);
        }
    }

    Report measure() throws IOException {
        try (Hub hub = Hub.start(Home.here(), site.islands().environment(), false)) {
            DataSource store = hub.room(DataSource.class);
            site.doing().accept("laying " + people + " people, twice");
            BenchPeople laid = new BenchPeople(store, hub.room(Seals.class));
            laid.lay(people);
            // Of the links alone: what is built of them costs what any record costs.
            Linking linking = hub.room(Linking.class);
            site.doing().accept("matching them");
            Night first = night(linking, 1);
            site.doing().accept("matching them again");
            Night same = night(linking, 2);
            site.doing().accept("matching some that have changed, one by one");
            Day day = day(laid, hub.room(DayLinking.class));
            return new Report(people, first, same, day, site.peakMiB());
        }
    }

    /** Each has another telephone now, as nobody has; the first of them warm up. */
    private static Day day(BenchPeople people, DayLinking linking) throws IOException {
        List<String> ids = people.some(WARMING + CHANGED);
        long[] nanos = new long[ids.size()];
        for (int i = 0; i < ids.size(); i++) {
            people.change(ids.get(i), i);
            long begin = System.nanoTime();
            match(linking, ids.get(i));
            nanos[i] = System.nanoTime() - begin;
        }
        long[] measured = Arrays.copyOfRange(nanos, Math.min(WARMING, nanos.length / 2), nanos.length);
        Arrays.sort(measured);
        return new Day(measured);
    }

    /** The store may be counting its tables, behind which a match stands back; that is waited for, and in the figure. */
    private static void match(DayLinking linking, String id) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!linking.match(List.of(id))) {
            if (System.nanoTime() > end) {
                throw new Refusal(Exit.CHECK_FAILED, "A single changed customer could not be matched.");
            }
        }
    }

    private Night night(Linking linking, long night) {
        BenchCost before = site.now();
        LinkReport report = linking.links(night, Linking.Notes.NONE);
        BenchCost cost = site.now().minus(before);
        if (report.fault() != null) {
            throw new Refusal(Exit.CHECK_FAILED, "The customers could not be matched: " + report.fault());
        }
        List<Count> rules = report.rules();
        return new Night(
                cost,
                rules.stream()
                        .filter(one -> one.rule().equals(LinkRule.MATCH.code()))
                        .findFirst()
                        .orElseThrow());
    }
}
