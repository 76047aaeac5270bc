package isthmus.cli;

import isthmus.store.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What sealing costs: so many new users of electricity, of each a customer with a name and an address and an account, pulled
 * through the whole hub in clear, then sealed by either profile, then in clear again, to tell how far two runs of one differ.
 */
final class SealBench {
    private static final int ENOUGH_TO_WARM_UP = 50_000;
    private static final int FIRST = 2001;
    private static final double MOST = 1.25;
    private static final List<String> PROFILES = List.of("none", "intl", "gm", "none");

    private final int rows;
    private final BenchSite site;

    SealBench(int rows, BenchSite site) {
        this.rows = rows;
        this.site = site;
    }

    /** One of the runs. */
    record Run(String profile, BenchCost cost, long applied) {}

    /** All of them. */
    record Report(int rows, List<Run> runs) {
        /** Of the two in clear together. */
        private double clear() {
            return (perRecord(runs.get(0)) + perRecord(runs.get(runs.size() - 1))) / 2;
        }

        private double perRecord(Run run) {
            return run.cost().perRecordWithoutSource(rows);
        }

        private double ratio(Run run) {
            return perRecord(run) / clear();
        }

        boolean isSound() {
            return runs.stream().allMatch(run -> run.applied() == rows)
                    && ratio(runs.get(1)) <= MOST
                    && Math.abs(perRecord(runs.get(0)) - perRecord(runs.get(runs.size() - 1))) < clear() / 4;
        }

        Map<String, Object> document() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("job", "seal");
            document.put("rows", rows);
            List<Map<String, Object>> all = new ArrayList<>();
            for (Run run : runs) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("profile", run.profile());
                one.put("processorSecondsPerMillion", BenchCost.rounded(perRecord(run)));
                one.put("ratio", String.format(Locale.ROOT, "%.2f", ratio(run)));
                all.add(one);
            }
            document.put("runs", all);
            document.put("limits", Map.of("ratio", MOST));
            document.put("sound", isSound());
            return document;
        }

        String text() {
            Table table = new Table("profile", "hub", "store", "broker", "sum", "ratio");
            for (Run run : runs) {
                Map<String, Double> spent = run.cost().processorSeconds();
                table.row(
                        run.profile(),
                        micros(spent.getOrDefault(Bench.HUB, 0.0)),
                        micros(spent.getOrDefault("store", 0.0)),
                        micros(spent.getOrDefault("broker", 0.0)),
                        BenchCost.rounded(perRecord(run)),
                        String.format(Locale.ROOT, "%.2f", ratio(run)));
            }
            return table.text()
                    + "\nProcessor seconds per million of %,d rows, each a customer and an account. ".formatted(rows)
                    + (isSound()
                            ? "Sealing by intl costs at most a quarter more."
                            : "Not sound: more than a quarter for sealing, or two runs in clear differ as much.");
        }

        private double micros(double spent) {
            return BenchCost.rounded(spent * 1e6 / rows);
        }
    }

    Report measure() throws Exception {
        Cargo.lay(site.directory(), "bills", 0, FIRST + "-01-01");
        List<Run> runs = new ArrayList<>();
        for (String profile : PROFILES) {
            runs.add(run(profile, FIRST + 1 + 3 * runs.size()));
        }
        return new Report(rows, runs);
    }

    /** @param year what is laid in it lies behind all that was laid before */
    private Run run(String profile, int year) throws IOException, InterruptedException {
        Map<String, Object> environment = new LinkedHashMap<>(site.islands().environment());
        environment.put("ISTHMUS_SEAL_PROFILE", profile);
        try (FullPath path = new FullPath(Home.here(), environment, "account")) {
            int warmUp = Math.min(rows, ENOUGH_TO_WARM_UP);
            for (int i = 0; i < 2; i++) {
                site.doing().accept(profile + ": warming up with " + warmUp + " rows");
                path.rest();
                Cargo.lay(site.directory(), "persons", warmUp, year + i + "-01-01");
                path.relay();
                path.pass();
            }
            path.rest();
            site.doing().accept(profile + ": laying " + rows + " rows");
            Cargo.lay(site.directory(), "persons", rows, year + 2 + "-01-01");
            path.relay();
            site.doing().accept(profile + ": pulling them");
            BenchCost before = site.now();
            Tally tally = path.pass();
            return new Run(profile, site.now().minus(before), tally.applied());
        }
    }
}
