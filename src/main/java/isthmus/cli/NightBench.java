package isthmus.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What it costs to compare many bills on both shores: once as they agree, and once with thirteen differences, of which all
 * and nothing else must be found.
 */
final class NightBench {
    private static final long LATE = 4;
    private static final long GONE = 3;
    private static final long CHANGED = 6;
    private static final long MOST_MOVED = 1_000;
    private static final double MOST_SECONDS_A_MILLION = 15;

    private final int rows;
    private final BenchSite site;

    /** @param site of {@link BenchJob#BILLS} */
    NightBench(int rows, BenchSite site) {
        this.rows = rows;
        this.site = site;
    }

    /** Both comparisons. */
    record Report(int rows, ShoreCost same, ShoreCost apart, Map<String, Long> peakMiB) {
        boolean isSound() {
            return same.line().source() == rows
                    && same.apart().equals(List.of(0L, 0L, 0L))
                    && apart.apart().equals(List.of(LATE, GONE, CHANGED))
                    && apart.line().moved() < MOST_MOVED;
        }

        Map<String, Object> document() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("job", "reconcile");
            document.put("rows", rows);
            document.put("same", same.document());
            document.put("apart", apart.document());
            document.put("peakMemoryMiB", peakMiB);
            document.put("limits", Map.of("processorSecondsAMillion", MOST_SECONDS_A_MILLION, "moved", MOST_MOVED));
            document.put("sound", isSound());
            return document;
        }

        String text() {
            Table table = ShoreCost.table();
            same.row(table, "agree");
            apart.row(table, "13 apart");
            return table.text() + "\n" + rows + " bills; hub at most " + peakMiB.get(Bench.HUB) + " MiB. "
                    + (isSound()
                            ? "All thirteen were found, and nothing else."
                            : "Not sound: four are missing, three extra and six different.");
        }
    }

    Report measure() throws IOException, InterruptedException {
        site.doing().accept("laying " + rows + " bills");
        site.lay(rows);
        try (Hub hub = Hub.start(Home.here(), site.islands().environment(), false)) {
            site.doing().accept("pulling them");
            site.pull(hub, Set.of(site.system(hub)));
            site.doing().accept("comparing shores that agree");
            ShoreCost same = ShoreCost.of(hub, site);
            site.lay("drift", 0);
            site.doing().accept("comparing shores with thirteen differences");
            ShoreCost apart = ShoreCost.of(hub, site);
            return new Report(rows, same, apart, site.peakMiB());
        }
    }
}
