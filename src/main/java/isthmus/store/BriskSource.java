package isthmus.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Connections for those who only ask how things stand: two seconds' wait for a store that is away, and one for all who ask. */
final class BriskSource extends HikariDataSource {
    static final Duration WAIT = Duration.ofSeconds(2);

    private volatile @Nullable Refusal last;

    private record Refusal(long at, SQLException why) {}

    BriskSource(HikariConfig config) {
        super(config);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Refusal refusal = last;
        if (refusal != null && System.nanoTime() - refusal.at < WAIT.toNanos()) {
            throw new SQLTransientConnectionException("the store was just away", refusal.why);
        }
        try {
            return super.getConnection();
        } catch (SQLException away) {
            last = new Refusal(System.nanoTime(), away);
            throw away;
        }
    }
}
