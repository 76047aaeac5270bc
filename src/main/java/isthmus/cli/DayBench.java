package isthmus.cli;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * What it costs to compare many interval blocks on both shores by the totals of their days: the first night, in which every
 * file is read; one that finds the totals as they were; and one in which the store has lost a block and changed another.
 */
final class DayBench {
    private static final List<String> DRIFT = List.of(
            "delete from record where (id, entity) in (select min(id), entity from record where entity = '%s' group by entity)",
            "update record set energy = energy + 0.001"
                    + " where (id, entity) in (select max(id), entity from record where entity = '%s' group by entity)");

    private final int blocks;
    private final BenchSite site;

    /** @param site of {@link BenchJob#CURVES} */
    DayBench(int blocks, BenchSite site) {
        this.blocks = blocks;
        this.site = site;
    }

    /** All three comparisons. */
    record Report(int blocks, ShoreCost first, ShoreCost same, ShoreCost apart, Map<String, Long> peakMiB) {
        boolean isSound() {
            return first.line().source() >= blocks
                    && first.apart().equals(List.of(0L, 0L, 0L))
                    && same.apart().equals(List.of(0L, 0L, 0L))
                    && same.line().source() == first.line().source()
                    && apart.apart().equals(List.of(1L, 0L, 1L));
        }

        Map<String, Object> document() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("blocks", blocks);
            document.put("first", first.document());
            document.put("same", same.document());
            document.put("apart", apart.document());
            document.put("peakMemoryMiB", peakMiB);
            document.put("sound", isSound());
            return document;
        }

        String text() {
            Table table = ShoreCost.table();
            first.row(table, "first night");
            same.row(table, "agree");
            apart.row(table, "2 apart");
            return table.text() + "\n" + blocks + " interval blocks; hub at most " + peakMiB.get(Bench.HUB) + " MiB. "
                    + (isSound()
                            ? "Both were found, and nothing else."
                            : "Not sound: one is missing and one different.");
        }
    }

    Report measure() throws IOException, InterruptedException, SQLException {
        site.doing().accept("laying " + blocks + " interval blocks");
        site.lay(blocks);
        try (Hub hub = Hub.start(Home.here(), site.islands().environment(), false)) {
            site.doing().accept("pulling them");
            site.pull(hub, Set.of(site.system(hub)));
            site.doing().accept("comparing every block");
            ShoreCost first = ShoreCost.of(hub, site);
            site.doing().accept("comparing the totals of days that agree");
            ShoreCost same = ShoreCost.of(hub, site);
            drift(hub.room(DataSource.class));
            site.doing().accept("comparing shores with two differences");
            ShoreCost apart = ShoreCost.of(hub, site);
            return new Report(blocks, first, same, apart, site.peakMiB());
        }
    }

    private static void drift(DataSource store) throws SQLException {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement()) {
            for (String change : DRIFT) {
                statement.execute(change.formatted(BenchJob.CURVES.entity));
            }
        }
    }
}
