package isthmus.demo.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/** The hub's store: PostgreSQL with a database and an owner both called {@code isthmus}, its data in {@code postgres/}. */
public final class PostgresServer implements AutoCloseable {
    private static final String NAME = "isthmus";
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration END = Duration.ofSeconds(20);
    private static final String ADMIN = "postgres";
    private static final String WITH_PASSWORD = "host all all 127.0.0.1/32 scram-sha-256\n";

    private final EmbeddedPostgres postgres;
    private final ProcessHandle postmaster;
    private final Tether tether;
    private final String password;

    private PostgresServer(EmbeddedPostgres postgres, ProcessHandle postmaster, Tether tether, String password) {
        this.postgres = postgres;
        this.postmaster = postmaster;
        this.tether = tether;
        this.password = password;
    }

    public static PostgresServer start(Path dir, Secrets secrets) throws IOException, SQLException {
        Path data = dir.resolve("postgres");
        Path pidFile = Files.createDirectories(dir.resolve("pid")).resolve("postgres");
        Redirect log = Redirect.appendTo(Files.createDirectories(dir.resolve("log"))
                .resolve("postgres.log")
                .toFile());
        Tether.awaitEarlier(pidFile);
        String adminPassword = secrets.of("store-admin");
        var builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(Cellar.open().resolve("postgres").toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START)
                .setPort(Ports.free())
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig("locale", "C")
                .setConnectConfig("password", adminPassword)
                .setOutputRedirector(log)
                .setErrorRedirector(log);
        settings().forEach(builder::setServerConfig);
        // A bench counts from there how long a change takes to who listens.
        builder.setServerConfig("track_commit_timestamp", "on");
        EmbeddedPostgres postgres = builder.start();
        ProcessHandle postmaster = postmaster(data);
        var server =
                new PostgresServer(postgres, postmaster, Tether.tie(postmaster, "INT", pidFile), secrets.of("store"));
        server.prepare(data, adminPassword);
        return server;
    }

    /** The demo's rows can be made again, so a lost second after a power cut is worth the speed. */
    private static Map<String, String> settings() {
        return Map.of(
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "password_encryption", "scram-sha-256",
                "timezone", "UTC",
                "shared_buffers", "256MB",
                "max_wal_size", "2GB",
                "wal_level", "minimal",
                "max_wal_senders", "0",
                "full_page_writes", "off",
                "synchronous_commit", "off");
    }

    private static ProcessHandle postmaster(Path data) throws IOException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid.strip()))
                .orElseThrow(() -> new IOException("PostgreSQL ended at once"));
    }

    /** A new cluster trusts everybody on this machine; afterwards it asks for passwords. */
    private void prepare(Path data, String adminPassword) throws SQLException, IOException {
        Path access = data.resolve("pg_hba.conf");
        if (Files.readString(access).equals(WITH_PASSWORD)) {
            return;
        }
        try (Connection connection =
                        DriverManager.getConnection(url("postgres") + "?user=" + ADMIN, ADMIN, adminPassword);
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + NAME);
            statement.execute("drop role if exists " + NAME);
            statement.execute("create role " + NAME + " login password '" + password + "'");
            statement.execute("create database " + NAME + " owner " + NAME + " encoding 'UTF8' template template0");
            statement.execute("alter role " + ADMIN + " password '" + adminPassword + "'");
            Files.writeString(access, WITH_PASSWORD);
            statement.execute("select pg_reload_conf()");
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database;
    }

    public String url() {
        return url(NAME) + "?user=" + NAME;
    }

    public String user() {
        return NAME;
    }

    public String password() {
        return password;
    }

    @Override
    public void close() throws IOException {
        try (tether) {
            postgres.close();
            Tether.awaitEnd(postmaster, END);
        }
    }
}
