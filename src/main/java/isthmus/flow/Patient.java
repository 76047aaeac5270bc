package isthmus.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The store for whoever counts all of it, which may take longer than a link may otherwise be silent. */
final class Patient extends DelegatingDataSource {
    private final Duration read;

    Patient(DataSource store, Duration read) {
        super(store);
        this.read = read;
    }

    /** The pool puts its own time-out back when the connection is given back. */
    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(read.toMillis()));
            return connection;
        } catch (SQLException | RuntimeException fault) {
            connection.close();
            throw fault;
        }
    }
}
