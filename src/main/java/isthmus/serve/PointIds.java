package isthmus.serve;

import isthmus.model.Urn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ids that one service point has in the systems. A record names the point in its own system only, and the number of the
 * point is the same in each (model.md 2.3, 7.2): whoever wants all of a point looks for every one of them.
 */
public final class PointIds {
    private static final String POINT = "servicepoint";

    /** What names a point, also where its system tells no record of the point itself. */
    private static final List<String> NAMING = List.of("intervalblock", "registerreading", "bill");

    private PointIds() {}

    /** These ids first, whether or not such points are stored. */
    public static List<String> of(Connection connection, Collection<String> points) throws SQLException {
        Set<String> all = new LinkedHashSet<>(points);
        Map<String, String> numbers = numbered(connection, points, all);
        Set<String> prefixes = new LinkedHashSet<>();
        for (String entity : NAMING) {
            Prefixes.of(connection, entity)
                    .forEach(prefix -> prefixes.add(Urn.prefix(Urn.org(prefix), Urn.silo(prefix), POINT)));
        }
        for (String point : points) {
            String number = numbers.getOrDefault(point, key(point));
            prefixes.stream()
                    .filter(prefix -> Urn.org(prefix).equals(Urn.org(point)))
                    .forEach(prefix -> all.add(prefix + number));
        }
        return List.copyOf(all);
    }

    /** As it stands in the id. */
    private static String key(String id) {
        String[] parts = id.split(":", 6);
        return parts[parts.length - 1];
    }

    /** The number of each point that is stored, as it stands in an id; the ids of all that have it go to {@code found}. */
    private static Map<String, String> numbered(Connection connection, Collection<String> points, Set<String> found)
            throws SQLException {
        Map<String, String> numbers = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select one.id, one.body ->> 'servicePointNo', other.id
                from record_servicepoint one
                join record_servicepoint other on other.body ->> 'servicePointNo' = one.body ->> 'servicePointNo'
                 and split_part(other.id, ':', 3) = split_part(one.id, ':', 3)
                where one.entity = 'servicepoint' and one.id = any(?) and not one.deleted and not other.deleted
                order by other.id""")) {
            select.setArray(1, connection.createArrayOf("text", points.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    numbers.put(row.getString(1), Urn.encode(row.getString(2)));
                    found.add(row.getString(3));
                }
            }
        }
        return numbers;
    }
}
