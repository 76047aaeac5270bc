package isthmus.store;

import isthmus.model.Urn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * The customers of a system who were erased here, by the words that the system knows them by: whatever it sends in which one of
 * them stands is not kept as it came, since a page or a refused piece names the person as a record does.
 */
final class Forgotten {
    private final Set<String> words = new HashSet<>();

    static Forgotten of(Connection connection, String system) throws SQLException {
        Forgotten forgotten = new Forgotten();
        try (PreparedStatement select =
                connection.prepareStatement("select id from record_customer where silo = ? and erased is not null")) {
            select.setString(1, system);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    forgotten.words.addAll(Urn.words(row.getString(1)));
                }
            }
        }
        return forgotten;
    }

    boolean isIn(byte[] bytes) {
        return Urn.isIn(words, bytes);
    }
}
