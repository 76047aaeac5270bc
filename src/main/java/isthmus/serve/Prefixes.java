package isthmus.serve;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the ids of an entity begin with: one text for each silo that it comes from. */
public final class Prefixes {
    /** Jumps from silo to silo in the index of ids: {@code ;} comes next after the colon that ends a prefix. */
    private static final String SILO_BY_SILO = """
            with recursive first (id) as (
                (select id from record_%1$s where entity = ? order by id limit 1)
                union all
                select (select r.id from record_%1$s r
                        where r.entity = ? and r.id > left(f.id, -length(native_key(f.id)) - 1) || ';'
                        order by r.id limit 1)
                from first f where f.id is not null)
            select id from first where id is not null""";

    private Prefixes() {}

    /** @param entity one of the model's */
    public static List<String> of(Connection connection, String entity) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SILO_BY_SILO.formatted(entity))) {
            select.setString(1, entity);
            select.setString(2, entity);
            List<String> prefixes = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String[] parts = row.getString(1).split(":", 6);
                    prefixes.add(String.join(":", List.of(parts).subList(0, 5)) + ":");
                }
            }
            return prefixes;
        }
    }
}
