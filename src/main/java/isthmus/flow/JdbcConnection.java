package isthmus.flow;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import isthmus.catalog.LegacySystem;
import java.time.Duration;
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
        if (url.startsWith("jdbc:mariadb:")) {
            config.addDataSourceProperty("connectTimeout", Long.toString(connect.toMillis()));
            config.addDataSourceProperty("socketTimeout", Long.toString(read.toMillis()));
            config.addDataSourceProperty("tcpKeepAlive", "true");
            config.addDataSourceProperty("allowLocalInfile", "false");
        } else if (url.startsWith("jdbc:postgresql:")) {
            config.addDataSourceProperty("connectTimeout", Long.toString(connect.toSeconds()));
            config.addDataSourceProperty("socketTimeout", Long.toString(read.toSeconds()));
            config.addDataSourceProperty("tcpKeepAlive", "true");
        }
        return new HikariDataSource(config);
    }
}
