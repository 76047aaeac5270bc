package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.chaos.check.Ground;
import isthmus.chaos.check.IsthmusCheck;
import isthmus.chaos.check.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/** Where a fault is played: a world of islands, a store, a broker, and the hubs that a test starts and kills. */
final class Stage implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Path root;
    private final Path home;
    private final Path files;
    private final List<HubProcess> hubs = new ArrayList<>();
    private final Map<String, Server> servers = new TreeMap<>();
    private IslandsProcess islands;
    private boolean tideIsIn;

    private Stage(Path root) throws IOException {
        this.root = root;
        home = Home.lay(root.resolve("home"));
        files = root.resolve("files");
    }

    static Stage open(long seed, int scale, int days) throws IOException, SQLException {
        Stage stage = new Stage(Files.createTempDirectory("isthmus-chaos"));
        stage.islands = IslandsProcess.start(stage.data(), seed, scale, days);
        // What changes behind the hub's back is a night's to find; here the input is what the islands say it is.
        Files.delete(stage.data().resolve("tide/silent.jsonl"));
        Home.copy(stage.data().resolve("sftp/out"), stage.files.resolve("first"));
        Home.copy(stage.data().resolve("tide/sftp"), stage.files.resolve("tide"));
        return stage;
    }

    Path data() {
        return root.resolve("data");
    }

    Path root() {
        return root;
    }

    IslandsProcess islands() {
        return islands;
    }

    /** @param name {@code postgres}, {@code kafka} or {@code mariadb} */
    Server server(String name) throws IOException {
        Server server = servers.get(name);
        if (server == null) {
            server = Server.of(data(), name);
            servers.put(name, server);
        }
        return server;
    }

    Ground ground() throws IOException {
        return Ground.of(data(), null);
    }

    /** A hub that is starting. */
    HubProcess hub() throws IOException {
        return hub(Map.of(), null);
    }

    /** A hub that halts the n-th time it comes by a point (see CrashPoints). */
    HubProcess hubThatHalts(String point, int times) throws IOException {
        Path classes = root.resolve("crash-classes");
        if (Files.notExists(classes)) {
            Home.crashClasses(classes);
        }
        return hub(Map.of("ISTHMUS_CHAOS_CRASH", point + ":" + times), classes.toString());
    }

    HubProcess hub(Map<String, String> more, String classes) throws IOException {
        Path temporary = Files.createDirectories(root.resolve("tmp"));
        return hub(more, classes, root.resolve("hub-" + hubs.size() + ".log"), temporary);
    }

    HubProcess hub(Map<String, String> more, String classes, Path log, Path temporary) throws IOException {
        Map<String, String> environment = new TreeMap<>(ground().environment());
        environment.putAll(more);
        HubProcess hub = HubProcess.start(home, environment, classes, log, temporary);
        hubs.add(hub);
        return hub;
    }

    /** The second tide, for the first time or for a world that has been emptied since. */
    void tide() throws IOException {
        if (!tideIsIn) {
            islands.tide();
            tideIsIn = true;
            return;
        }
        try (Stream<Path> late = Files.list(files.resolve("tide"))) {
            // Done-markers last: a file is never announced before it is there.
            for (Path file : late.sorted(
                            Comparator.comparing(path -> path.toString().endsWith(".done")))
                    .toList()) {
                Files.copy(
                        file,
                        data().resolve("sftp/out").resolve(file.getFileName().toString()));
            }
        }
    }

    /** An empty store and feed, and all files back where they arrived: the next pull is a first pull. No hub may run. */
    void beginAgain() throws Exception {
        execute("truncate "
                + String.join(
                        ", ",
                        ground().texts(
                                        "select format('%I', relname) from pg_class where"
                                                + " relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition"
                                                + " and relname not in ('flyway_schema_history', 'audit', 'audit_tree', 'audit_node', 'audit_head', 'link_log', 'golden_log', 'share_grant', 'feed_kept', 'business_day_noted')"))
                + " restart identity");
        // They have one row each, and the log's positions begin at one again.
        execute(
                "update feed_kept set position = 0, recorded_at = '-infinity'; update business_day_noted set position = 0");
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                ground().environment().get("ISTHMUS_KAFKA"));
        try (Admin admin = Admin.create(settings)) {
            admin.deleteTopics(feed(admin)).all().get();
            Awaitility.await().atMost(PATIENCE).until(() -> feed(admin).isEmpty());
        }
        layFirstFiles();
    }

    /** Nothing that was read is remembered, and all files are back where they arrived; what is stored stays. No hub may run. */
    void forgetWhatWasRead() throws IOException, SQLException {
        execute("truncate cursor, arrival");
        layFirstFiles();
    }

    private void layFirstFiles() throws IOException {
        for (String folder : List.of("out", "archive", "refused")) {
            Home.empty(data().resolve("sftp").resolve(folder));
        }
        try (Stream<Path> first = Files.list(files.resolve("first"))) {
            for (Path file : first.toList()) {
                Files.copy(
                        file,
                        data().resolve("sftp/out").resolve(file.getFileName().toString()));
            }
        }
    }

    private static List<String> feed(Admin admin) throws Exception {
        return admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith("isthmus."))
                .toList();
    }

    void execute(String sql) throws SQLException, IOException {
        try (var connection = ground().store();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The newest run of all, 0 when there is none or no table yet. */
    long newestRun() throws IOException {
        return number("select coalesce(max(run), 0) from run");
    }

    /** Waits until the store answers; what is recovered first is recovered. */
    void awaitStore() {
        Awaitility.await("the store answers").atMost(PATIENCE).until(() -> number("select 1") == 1);
    }

    /** Waits until a run has begun after the given one. */
    void awaitRunAfter(long run) {
        Awaitility.await("a run begins")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> newestRun() > run);
    }

    /** Waits until every system has had a whole run that began after now, and the feed has been told all of it. */
    void awaitWhole() throws IOException {
        awaitWholeSince(newestRun());
    }

    void awaitWholeSince(long run) {
        Awaitility.await("every system has a green run after " + run + " and the feed has caught up")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> isWholeSince(run));
    }

    boolean isWholeSince(long run) throws IOException {
        return number("select count(distinct system) from run where state = 'green' and run > " + run) == 3
                && number("select count(*) from chunk_log where position > coalesce((select max(position) from"
                                + " feed_position), 0)")
                        == 0;
    }

    /** -1 while the store cannot be asked, or has no tables yet. */
    long number(String sql) throws IOException {
        try {
            return ground().number(sql);
        } catch (SQLException notNow) {
            return -1;
        }
    }

    /** The checker over everything; prints what it finds and fails on a breach. */
    void check(String after, HubProcess hub) throws IOException, SQLException {
        check(after, hub, null, null);
    }

    void check(String after, HubProcess hub, Path baseline, Path snapshot) throws IOException, SQLException {
        Ground ground = Ground.of(data(), hub == null ? null : hub.seen());
        List<Verdict> verdicts = IsthmusCheck.check(ground, baseline, snapshot);
        System.out.println("checker after " + after);
        verdicts.forEach(verdict -> System.out.println("  " + verdict));
        assertThat(verdicts).as(after).allMatch(Verdict::holds);
    }

    @Override
    public void close() throws IOException {
        hubs.forEach(HubProcess::close);
        for (Server server : servers.values()) {
            server.close();
        }
        islands.close();
        FileSystemUtils.deleteRecursively(root);
    }
}
