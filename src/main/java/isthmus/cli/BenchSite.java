package isthmus.cli;

import isthmus.flow.PassReport;
import isthmus.flow.Passes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where a measurement of this process takes place: a demo's directory with its islands and the servers beside them.
 *
 * @param job whose rows are laid
 * @param doing hears what is being done
 */
record BenchSite(BenchJob job, Path directory, Islands islands, BenchServers servers, Consumer<String> doing) {
    private static final String DAY = "2020-01-01";
    private static final long SELF = ProcessHandle.current().pid();

    static BenchSite of(BenchJob job, Path directory, Islands islands, Consumer<String> doing) throws IOException {
        return new BenchSite(job, directory, islands, new BenchServers(directory, islands.card(), job), doing);
    }

    /** What everything has cost until now. */
    BenchCost now() {
        return servers.now(Bench.HUB, SELF);
    }

    Map<String, Long> peakMiB() {
        return servers.peakMiB(Bench.HUB, SELF);
    }

    /** Lays so many rows where there were others. */
    void lay(int rows) throws IOException, InterruptedException {
        lay(job.cargo, 0);
        lay(job.cargo, rows);
    }

    /** Of a cargo besides the job's own, as {@link Cargo} knows it. */
    void lay(String cargo, int rows) throws IOException, InterruptedException {
        Cargo.lay(directory, cargo, rows, DAY);
    }

    /** Pulls these systems, or all of them where none is named; what is not green is no measurement. */
    void pull(Hub hub, Set<String> systems) {
        PassReport pass = hub.room(Passes.class).once(systems, pieces -> {});
        if (!pass.green()) {
            throw new Refusal(Exit.CHECK_FAILED, String.join("; ", pass.problems()));
        }
    }

    Connection store() throws SQLException {
        Map<String, Object> environment = islands.environment();
        return DriverManager.getConnection(
                String.valueOf(environment.get("ISTHMUS_STORE_URL")),
                String.valueOf(environment.get("ISTHMUS_STORE_USER")),
                String.valueOf(environment.getOrDefault("ISTHMUS_STORE_PASSWORD", "")));
    }

    /** The system that gives what the job is about. */
    String system(Hub hub) {
        return hub.giving(job.entity).name();
    }
}
