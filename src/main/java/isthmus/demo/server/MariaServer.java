package isthmus.demo.server;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The billing island: MariaDB as an old installation is found, with database {@code epm} in GBK, a session zone of
 * +08:00, padded CHAR columns and dates that no calendar has. Its data is in {@code mariadb/}.
 */
public final class MariaServer implements AutoCloseable {
    private static final String USER = "hub";
    private static final String OWNER = "epm";
    private static final String DATABASE = "epm";
    private static final List<String> SYSTEM_TABLES = List.of(
            "mariadb_system_tables.sql",
            "mariadb_performance_tables.sql",
            "mariadb_system_tables_data.sql",
            "maria_add_gis_sp_bootstrap.sql",
            "mariadb_sys_schema.sql");

    private final ServerProcess process;
    private final int port;
    private final Berth berth;
    private final String password;
    private final String ownerPassword;

    private MariaServer(ServerProcess process, int port, Berth berth, String password, String ownerPassword) {
        this.process = process;
        this.port = port;
        this.berth = berth;
        this.password = password;
        this.ownerPassword = ownerPassword;
    }

    /** Starts with an empty database when asked to, whatever an earlier start left in it. */
    public static MariaServer start(Path dir, Secrets secrets, boolean empty, Berth berth) throws IOException {
        Path home = MariaPrograms.unpacked();
        Path data = dir.toAbsolutePath().resolve("mariadb");
        Path log = Files.createDirectories(dir.resolve("log")).resolve("mariadb.log");
        Path pidFile = Files.createDirectories(dir.resolve("pid")).resolve("mariadb");
        Files.createDirectories(temporary(data));
        if (Files.notExists(data.resolve("installed"))) {
            install(home, data, log);
        }
        String password = secrets.of("billing");
        String ownerPassword = secrets.of("billing-owner");
        Path grants = data.resolve("grants.sql");
        String emptying = empty ? "drop database if exists " + DATABASE + ";\n" : "";
        Files.writeString(grants, emptying + grants(password, ownerPassword, berth));
        int port = Ports.free();
        var process = ServerProcess.start(serve(home, data, grants, port, berth), data, log, pidFile);
        try {
            process.awaitPort(port);
        } catch (IOException e) {
            process.close();
            throw e;
        }
        return new MariaServer(process, port, berth, password, ownerPassword);
    }

    private static void install(Path home, Path data, Path log) throws IOException {
        if (Files.exists(data)) {
            MariaPrograms.delete(data);
        }
        Files.createDirectories(data);
        Path script = data.resolve("install.sql");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(script))) {
            out.write("create database if not exists mysql;\nuse mysql;\nset @auth_root_socket=null;\n"
                    .getBytes(StandardCharsets.US_ASCII));
            for (String tables : SYSTEM_TABLES) {
                Files.copy(home.resolve("share").resolve(tables), out);
            }
        }
        List<String> command = command(home, data);
        command.addAll(List.of("--bootstrap", "--enforce-storage-engine=", "--max-allowed-packet=8M"));
        ServerProcess.run(command, data, Redirect.from(script.toFile()), log);
        Files.createFile(data.resolve("installed"));
    }

    private static Path temporary(Path data) {
        return data.resolveSibling("mariadb-tmp");
    }

    private static List<String> command(Path home, Path data) {
        var command = new ArrayList<String>(List.of(
                home.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + home,
                "--datadir=" + data,
                // A MariaDB that starts sweeps its temporary directory, and so another's if they share one.
                "--tmpdir=" + temporary(data),
                "--lc-messages-dir=" + home.resolve("share")));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root");
        }
        return command;
    }

    private static List<String> serve(Path home, Path data, Path grants, int port, Berth berth) {
        List<String> command = command(home, data);
        command.addAll(List.of(
                "--bind-address=" + berth.address(),
                "--port=" + port,
                // Relative to the data directory: the path of a socket may have 107 bytes only.
                "--socket=mariadb.sock",
                "--pid-file=mariadb.pid",
                "--init-file=" + grants,
                "--skip-name-resolve",
                // Else it makes itself a certificate at every start, which takes from 1 to 18 seconds.
                "--skip-ssl",
                "--character-set-server=gbk",
                "--collation-server=gbk_chinese_ci",
                "--default-time-zone=+08:00",
                "--sql-mode=PAD_CHAR_TO_FULL_LENGTH,ALLOW_INVALID_DATES,NO_ENGINE_SUBSTITUTION",
                "--max-allowed-packet=64M",
                "--innodb-buffer-pool-size=256M",
                "--innodb-log-file-size=256M",
                "--innodb-flush-log-at-trx-commit=0",
                "--skip-innodb-doublewrite"));
        return command;
    }

    /** The hub may only read; the owner writes the world. One statement a line, as an init file wants it. */
    private static String grants(String password, String ownerPassword, Berth berth) {
        return """
                create database if not exists %1$s character set gbk collate gbk_chinese_ci;
                create or replace user '%2$s'@'127.0.0.1' identified by '%3$s';
                grant all on %1$s.* to '%2$s'@'127.0.0.1';
                create or replace user '%4$s'@'%6$s' identified by '%5$s';
                grant select on %1$s.* to '%4$s'@'%6$s';
                """.formatted(
                        DATABASE, OWNER, ownerPassword, USER, password, berth.equals(Berth.LOCAL) ? "127.0.0.1" : "%");
    }

    public String url() {
        return url(berth.host());
    }

    private String url(String host) {
        return "jdbc:mariadb://" + host + ":" + port + "/" + DATABASE;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    /** A connection that may change everything in the billing database. */
    public Connection owner() throws SQLException {
        return DriverManager.getConnection(url("127.0.0.1") + "?useBulkStmts=true", OWNER, ownerPassword);
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
