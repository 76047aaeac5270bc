package isthmus.cli;

import isthmus.cli.NightBench.Measured;
import isthmus.flow.PassReport;
import isthmus.flow.Passes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * What it costs to compare many interval blocks on both shores by the totals of their days: the first night, in which every
 * file is read; one that finds the totals as they were; and one in which the store has lost a block and changed another.
 */
final class DayBench {
    private static final String DAY = "2020-01-01";
    private static final List<String> DRIFT = List.of(
            "delete from record where (id, entity) in (select min(id), entity from record where entity = '%s' group by entity)",
            "update record set energy = energy + 0.001"
                    + " where (id, entity) in (select max(id), entity from record where entity = '%s' group by entity)");

    private final int blocks;
    private final Path directory;
    private final Islands islands;
    private final Consumer<String> doing;
    private final BenchServers servers;
    private final long self = ProcessHandle.current().pid();

    DayBench(int blocks, Path directory, Islands islands, Consumer<String> doing) throws IOException {
        this.blocks = blocks;
        this.directory = directory;
        this.islands = islands;
        this.doing = doing;
        servers = new BenchServers(directory, islands.card(), BenchJob.CURVES);
    }

    /** All three comparisons. */
    record Report(int blocks, Measured first, Measured same, Measured apart, Map<String, Long> peakMiB) {
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
            Table table = Measured.table();
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
        doing.accept("laying " + blocks + " interval blocks");
        Cargo.lay(directory, BenchJob.CURVES.cargo, 0, DAY);
        Cargo.lay(directory, BenchJob.CURVES.cargo, blocks, DAY);
        try (Hub hub = Hub.start(Home.here(), islands.environment(), false)) {
            doing.accept("pulling them");
            PassReport pass =
                    hub.room(Passes.class).once(Set.of(NightBench.system(hub, BenchJob.CURVES.entity)), pieces -> {});
            if (!pass.green()) {
                throw new Refusal(Exit.CHECK_FAILED, String.join("; ", pass.problems()));
            }
            doing.accept("comparing every block");
            Measured first = compare(hub);
            doing.accept("comparing the totals of days that agree");
            Measured same = compare(hub);
            drift(hub.room(DataSource.class));
            doing.accept("comparing shores with two differences");
            return new Report(blocks, first, same, compare(hub), servers.peakMiB(Bench.HUB, self));
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

    private Measured compare(Hub hub) {
        return Measured.of(hub, BenchJob.CURVES.entity, () -> servers.now(Bench.HUB, self));
    }
}
