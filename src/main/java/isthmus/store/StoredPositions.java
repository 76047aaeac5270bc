package isthmus.store;

import isthmus.model.Position;
import isthmus.source.Positions;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Positions as committed with the chunks, in table {@code cursor}. */
final class StoredPositions implements Positions {
    private final JdbcClient jdbc;

    public StoredPositions(DataSource source) {
        this.jdbc = JdbcClient.create(source);
    }

    @Override
    public Optional<Position> last(String system, String pull) {
        return jdbc.sql("select value from cursor where system = ? and pull = ?")
                .params(system, pull)
                .query(String.class)
                .optional()
                .map(value -> new Position(system, pull, value));
    }
}
