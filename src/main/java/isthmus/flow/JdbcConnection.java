package isthmus.flow;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import isthmus.catalog.CatalogReader;
import isthmus.catalog.ConfigurationFault;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Problems.Fault;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A small pool into a legacy database that neither waits for ever nor writes. */
final class JdbcConnection {
    private static final int MAX_CONNECTIONS = 4;

    private JdbcConnection() {}

    static HikariDataSource open(LegacySystem system) {
        Map<String, String> connection = system.connection();
        Duration connect = Duration.parse(connection.getOrDefault("connectTimeout", "PT5S"));
        Duration read = Duration.parse(connection.getOrDefault("readTimeout", "PT2M"));
        HikariConfig config = new HikariConfig();
        config.setPoolName(system.name());
        String url = connection.getOrDefault("url", "");
        requireDriver(system, url);
        config.setJdbcUrl(url);
        config.setUsername(connection.get("user"));
        config.setPassword(connection.get("password"));
        // Streaming with camel-jdbc needs a transaction that stays open over the whole result set.
        config.setAutoCommit(false);
        config.setReadOnly(true);
        config.setMaximumPoolSize(MAX_CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(connect.toMillis());
        // The hub starts, and serves, while a legacy system is away.
        config.setInitializationFailTimeout(-1);
        timeOuts(url, connect, read).forEach(config::addDataSourceProperty);
        return new HikariDataSource(config);
    }

    private static void requireDriver(LegacySystem system, String url) {
        try {
            DriverManager.getDriver(url);
        } catch (SQLException none) {
            String scheme = String.join(":", List.of(url.split(":", 3)).subList(0, 2));
            Path card = system.folder().resolve("system.yaml");
            int line = CatalogReader.lines(card).getOrDefault("connection.url", 0);
            String hint = "put the jar of its maker into drivers/ and start again";
            throw new ConfigurationFault(
                    List.of(new Fault(card.toString(), line, "no driver for " + scheme, hint).toString()));
        }
    }

    /** By the names of each driver; one counts milliseconds, another whole seconds, and none of them takes 0 for soon. */
    private static Map<String, String> timeOuts(String url, Duration connect, Duration read) {
        String connectMillis = Long.toString(connect.toMillis());
        String readMillis = Long.toString(read.toMillis());
        String connectSeconds = Long.toString(Math.max(1, connect.toSeconds()));
        String readSeconds = Long.toString(Math.max(1, read.toSeconds()));
        return switch (url.split(":", 3)[1]) {
            case "mariadb" ->
                Map.of(
                        "connectTimeout",
                        connectMillis,
                        "socketTimeout",
                        readMillis,
                        "tcpKeepAlive",
                        "true",
                        "allowLocalInfile",
                        "false");
            case "postgresql", "kingbase8" ->
                Map.of(
                        "connectTimeout", connectSeconds,
                        "loginTimeout", connectSeconds,
                        "socketTimeout", readSeconds,
                        "tcpKeepAlive", "true");
            case "oracle" ->
                Map.of(
                        "oracle.net.CONNECT_TIMEOUT", connectMillis,
                        "oracle.jdbc.ReadTimeout", readMillis,
                        "oracle.net.keepAlive", "true");
            case "sqlserver" -> Map.of("loginTimeout", connectSeconds, "socketTimeout", readMillis);
            case "db2" -> Map.of("loginTimeout", connectSeconds, "blockingReadConnectionTimeout", readSeconds);
            case "dm" -> Map.of("connectTimeout", connectMillis, "socketTimeout", readMillis);
            default -> Map.of();
        };
    }
}
