package isthmus.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.security.seal.Sealer.Clear;
import isthmus.security.seal.Sealer.Sealed;
import isthmus.security.seal.Seals;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Many people, each known to two systems, in a store that is sealed as any record's is. */
final class BenchPeople {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CUSTOMER = "customer";
    private static final int BATCH = 5_000;

    private final DataSource store;
    private final JdbcClient sql;
    private final Seals seals;

    BenchPeople(DataSource store, Seals seals) {
        this.store = store;
        this.sql = JdbcClient.create(store);
        this.seals = seals;
    }

    void lay(int people) throws IOException {
        try (InputStream in = BenchPeople.class.getResourceAsStream("/isthmus/cli/bench-customers.sql")) {
            sql.sql(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8))
                    .param(people)
                    .update();
        }
        for (List<Clear> some = after("");
                !some.isEmpty();
                some = after(some.get(some.size() - 1).id())) {
            seal(some);
        }
        sql.sql("vacuum analyze record_customer").update();
    }

    private List<Clear> after(String id) {
        return sql.sql("select id, body from record_customer where id > ? order by id limit " + BATCH)
                .param(id)
                .query((row, n) -> clear(row.getString(1), row.getString(2)))
                .list();
    }

    private static Clear clear(String id, String body) {
        return new Clear(CUSTOMER, id, null, false, body.getBytes(StandardCharsets.UTF_8));
    }

    private void seal(List<Clear> some) {
        List<Sealed> sealed;
        try (Connection connection = store.getConnection()) {
            sealed = seals.sealer().seal(connection, some);
        } catch (SQLException away) {
            throw new DataAccessResourceFailureException("the people cannot be sealed", away);
        }
        sql.sql("update record_customer r set contenthash = md5(r.contenthash), body = s.body::json, key = s.key"
                        + " from unnest(?::text[], ?::text[], ?::bigint[]) s (id, body, key) where r.id = s.id")
                .params(
                        some.stream().map(Clear::id).toArray(String[]::new),
                        sealed.stream()
                                .map(one -> new String(one.body(), StandardCharsets.UTF_8))
                                .toArray(String[]::new),
                        sealed.stream().map(Sealed::key).toArray(Long[]::new))
                .update();
    }

    /** Some of one of the two systems, drawn by chance. */
    List<String> some(int many) {
        return sql.sql(
                        "select id from record_customer where id like 'urn:isthmus:bench:two:%' order by md5(id) limit ?")
                .param(many)
                .query(String.class)
                .list();
    }

    /** Gives one a telephone that nobody has. */
    void change(String id, int n) throws IOException {
        String stored = sql.sql("select body from record_customer where id = ?")
                .param(id)
                .query(String.class)
                .single();
        ObjectNode body = (ObjectNode) JSON.readTree(seals.opener().open(CUSTOMER, id, stored));
        body.putArray("contacts").addObject().put("value", "+861990000" + (1_000 + n));
        seal(List.of(clear(id, body.toString())));
    }
}
