package isthmus.cli;

import isthmus.serve.records.RecordAddress;
import isthmus.serve.views.AccountAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.postgresql.PGConnection;

/**
 * What the data service costs above the store: each question over HTTP and, in the same run and over as many connections,
 * its statement by JDBC; an export against COPY; how long a change takes to who listens; and the memory that many exports at
 * once take. Client, service, broker and store share the machine.
 */
final class ServeBench {
    private static final int CONNECTIONS = 8;
    private static final int MOST_QUESTIONS = 2_000;
    private static final int ROUNDS = 3;
    private static final int MOST_WARMING = 20;
    private static final int TIRED = 3;
    private static final int EXPORTS = 20;
    private static final int EXPORTED = 100_000;
    private static final List<String> FORMATS = List.of("jsonl", "csv", "parquet");
    private static final String NO_LIMIT = "1000000000";

    private final int rows;
    private final int questions;
    private final BenchSite site;

    /** @param site of {@link BenchJob#BILLS} */
    ServeBench(int rows, BenchSite site) {
        this.rows = rows;
        this.questions = Math.min(rows, MOST_QUESTIONS);
        this.site = site;
    }

    ServeReport measure() throws Exception {
        Map<String, Object> lent = site.islands().environment();
        site.doing().accept("laying " + rows + " bills and pulling them");
        site.lay("curves", 0);
        site.lay(rows);
        try (Hub hub = Hub.start(Home.here(), lent, false)) {
            site.pull(hub, Set.of());
        }
        site.doing().accept("listening to changes at half the hub's speed");
        FeedLatency.Measured latency = new FeedLatency(site, rows).measure();
        vacuum();
        Map<String, Object> environment = new LinkedHashMap<>(lent);
        environment.put("SERVER_PORT", "0");
        environment.put("MANAGEMENT_SERVER_PORT", "0");
        environment.put("ISTHMUS_SERVE_RATE", NO_LIMIT);
        environment.put("ISTHMUS_SERVE_BURST", NO_LIMIT);
        environment.put("ISTHMUS_SERVE_EXPORT_MOST", EXPORTS);
        // All begin at once, and none is to be told to come again.
        environment.put("ISTHMUS_SERVE_WAIT", "PT30S");
        try (Hub hub = Hub.start(Home.here(), environment, true)) {
            int port = Integer.parseInt(hub.port());
            List<ServeReport.Line> lines = List.of(pointRead(port), account(port), export(port));
            return new ServeReport(rows, lines, latency, crowdOfExports(port));
        }
    }

    /** Each statement finds the tables as a store that has been at rest finds them. */
    private void vacuum() throws SQLException {
        try (Connection store = site.store();
                var statement = store.createStatement()) {
            statement.execute("vacuum (analyze)");
        }
    }

    private List<String> ids(String entity) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Connection store = site.store();
                var statement = store.createStatement();
                ResultSet row = statement.executeQuery(
                        "select id from record_" + entity + " where not deleted order by md5(id) limit 10000")) {
            while (row.next()) {
                ids.add(row.getString(1));
            }
        }
        return ids;
    }

    private static String at(String entity, String id, String more) {
        return "/api/v1/" + entity + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + more;
    }

    private ServeReport.Line pointRead(int port) throws Exception {
        List<String> ids = ids("bill");
        List<String> paths = ids.stream().map(id -> at("bill", id, "")).toList();
        String statement = RecordAddress.nowOf("bill");
        return compare(
                "point read",
                CONNECTIONS,
                questions,
                0.25,
                asking(port, paths),
                number -> direct(statement, turn -> List.of("bill", chosen(ids, number, turn))));
    }

    private ServeReport.Line account(int port) throws Exception {
        List<String> ids = ids("account");
        List<String> paths = ids.stream().map(id -> at("account", id, "/360")).toList();
        return compare(
                "account 360",
                CONNECTIONS,
                questions,
                0.5,
                asking(port, paths),
                number -> direct(AccountAddress.ALL_OF_IT, turn -> List.of(chosen(ids, number, turn))));
    }

    private String chosen(List<String> all, int number, int turn) {
        return all.get((number * questions + turn) % all.size());
    }

    private ServeReport.Line export(int port) throws Exception {
        List<String> paths = List.of("/api/v1/bill/export?format=jsonl");
        return compare("export", 1, 1, 0.5, asking(port, paths), number -> copying());
    }

    private Crowd.Opening asking(int port, List<String> paths) {
        return number -> {
            KeptConnection connection = new KeptConnection(port);
            return new Crowd.Asker() {
                @Override
                public void ask(int turn) throws IOException {
                    KeptConnection.Answer answer = connection.get(chosen(paths, number, turn));
                    if (!answer.isOk()) {
                        throw new IOException("status " + answer.status());
                    }
                }

                @Override
                public void close() throws IOException {
                    connection.close();
                }
            };
        };
    }

    /** @param parameters of the statement, by turn */
    private Crowd.Asker direct(String statement, IntFunction<List<String>> parameters) throws SQLException {
        Connection store = site.store();
        PreparedStatement select = store.prepareStatement(statement);
        return new Crowd.Asker() {
            @Override
            public void ask(int turn) throws SQLException {
                List<String> values = parameters.apply(turn);
                for (int i = 0; i < values.size(); i++) {
                    select.setString(i + 1, values.get(i));
                }
                try (ResultSet row = select.executeQuery()) {
                    int columns = row.getMetaData().getColumnCount();
                    while (row.next()) {
                        for (int column = 1; column <= columns; column++) {
                            row.getBytes(column);
                        }
                    }
                }
            }

            @Override
            public void close() throws SQLException {
                store.close();
            }
        };
    }

    private Crowd.Asker copying() throws SQLException {
        Connection store = site.store();
        return new Crowd.Asker() {
            @Override
            public void ask(int turn) throws Exception {
                store.unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut(
                                "copy (select body from record_bill where not deleted) to stdout",
                                OutputStream.nullOutputStream());
            }

            @Override
            public void close() throws SQLException {
                store.close();
            }
        };
    }

    /** Both are warmed up, then take turns, so that what disturbs the machine disturbs both. */
    private ServeReport.Line compare(
            String name, int many, int times, double least, Crowd.Opening http, Crowd.Opening direct)
            throws InterruptedException {
        site.doing().accept(name);
        warm(many, times, http, direct);
        Side served = Side.NONE;
        Side bare = Side.NONE;
        for (int round = 0; round < ROUNDS; round++) {
            served = served.plus(side(many, times, http));
            bare = bare.plus(side(many, times, direct));
        }
        return new ServeReport.Line(name, least, served, bare);
    }

    /**
     * By turns too, until the service is no quicker than it was: a hub runs for months, and what its first minute spends on
     * being compiled is no part of an answer.
     */
    private static void warm(int many, int times, Crowd.Opening http, Crowd.Opening direct)
            throws InterruptedException {
        double best = 0;
        int tired = 0;
        for (int round = 0; round < MOST_WARMING && tired < TIRED; round++) {
            double reached = Crowd.ask(many, times, http).perSecond();
            Crowd.ask(many, times, direct);
            tired = reached > best ? 0 : tired + 1;
            best = Math.max(best, reached);
        }
    }

    private Side side(int many, int times, Crowd.Opening opening) throws InterruptedException {
        BenchCost before = site.now();
        Crowd.Done done = Crowd.ask(many, times, opening);
        double spent = site.now().minus(before).processorSeconds().values().stream()
                .mapToDouble(one -> one)
                .sum();
        return new Side(done, spent);
    }

    /** @param processorSeconds of this process, which asks and serves, and of the servers beside it */
    record Side(Crowd.Done done, double processorSeconds) {
        private static final Side NONE = new Side(new Crowd.Done(new long[0], 0), 0);

        Side plus(Side other) {
            return new Side(done.plus(other.done), processorSeconds + other.processorSeconds);
        }
    }

    private ServeReport.Exports crowdOfExports(int port) throws InterruptedException {
        site.doing().accept(EXPORTS + " exports at once");
        PeakMemory.forget();
        Crowd.Done done = Crowd.ask(
                EXPORTS,
                1,
                number -> asking(
                                port,
                                List.of("/api/v1/bill/export?limit=" + EXPORTED + "&format="
                                        + FORMATS.get(number % FORMATS.size())))
                        .open(0));
        return new ServeReport.Exports(EXPORTS, Math.min(rows, EXPORTED), done.seconds(), PeakMemory.now());
    }
}
