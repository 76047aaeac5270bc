package isthmus.identity;

import isthmus.audit.Audit;
import isthmus.audit.Audit.Deed;
import isthmus.identity.Decisions.Corrected;
import isthmus.identity.Decisions.Unfit;
import isthmus.security.seal.Sealer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Values of unified customers that a person has set. Each is of a record of a system, and goes with it wherever it belongs; it
 * stands where {@code config/survivorship.yaml} asks for it, from the next night on.
 */
final class Corrections {
    private static final Map<String, Pattern> PATHS = Map.of(
            "/name", Pattern.compile("[^\\p{C}]{1,512}"),
            "/segment", Pattern.compile("[A-Za-z][A-Za-z0-9]{0,63}"),
            "/locale", Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"),
            "/contacts/mobile", Pattern.compile("\\+[0-9]{6,15}"),
            "/contacts/phone", Pattern.compile("\\+[0-9]{6,15}"),
            "/contacts/email", Pattern.compile("[^@\\s\\p{C}]{1,64}@[^@\\s\\p{C}]{1,255}"));

    private final DataSource store;
    private final JdbcClient sql;
    private final Audit audit;
    private final Survivorship survivorship;
    private final Clock clock;
    private final Sealer sealer;

    Corrections(DataSource store, Audit audit, Survivorship survivorship, Clock clock, Sealer sealer) {
        this.sealer = sealer;
        this.store = store;
        this.sql = JdbcClient.create(store);
        this.audit = audit;
        this.survivorship = survivorship;
        this.clock = clock;
    }

    /** What would be written, without writing it; refuses the same. */
    Corrected look(String id, String path, @Nullable String value) {
        Pattern pattern = PATHS.get(path);
        if (pattern == null) {
            throw new Unfit("path", "no path that can be set; there are " + new TreeSet<>(PATHS.keySet()));
        }
        if (!survivorship.asksPersons(path)) {
            throw new Unfit("path", "config/survivorship.yaml has no rule manual: true for it");
        }
        if (value != null && (value.isBlank() || !pattern.matcher(value).matches())) {
            throw new Unfit("value", "no value for " + path);
        }
        return new Corrected(record(id), path, value == null);
    }

    /**
     * Writes it down.
     *
     * @param id of a record of a customer, or of a unified customer
     * @param value null to take back what was set
     * @param reason kept in the audit, which gets the value not
     * @throws Unfit where it cannot be set
     */
    Corrected set(String id, String path, @Nullable String value, String reason, String by) {
        Corrected corrected = look(id, path, value);
        try (Connection connection = store.getConnection()) {
            connection.setAutoCommit(false);
            try {
                JdbcClient.create(new SingleConnectionDataSource(connection, true))
                        .sql("insert into golden_said (member, path, value, said_by, at) values (?, ?, ?, ?, ?)")
                        .params(
                                corrected.record(),
                                path,
                                value == null
                                        ? null
                                        : sealer.text(
                                                connection,
                                                key(corrected.record()),
                                                place(corrected.record(), path),
                                                value),
                                "user:" + by,
                                OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                        .update();
                String subject = corrected.record() + " " + path;
                audit.write(
                        connection,
                        List.of(new Deed(by, value == null ? "identity.unset" : "identity.set", subject, reason)));
                connection.commit();
                return corrected;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException away) {
            throw new DataAccessResourceFailureException("the value cannot be written", away);
        }
    }

    private @Nullable Long key(String record) {
        return sql.sql("select key from record where id = ? and key is not null")
                .param(record)
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    /** Where a value stands, as it is sealed for. */
    static String place(String record, String path) {
        return record + "|said" + path;
    }

    /** A unified customer, also a former one, stands and falls with the record that it was first built of. */
    private String record(String id) {
        return sql.sql("select member from golden_member where member = :id"
                        + " union all select anchor from golden where id = :id limit 1")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElseThrow(() -> Unfit.unknown("id"));
    }
}
