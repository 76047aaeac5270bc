package isthmus.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request to erase a person.
 *
 * @param subject the id of the customer, or unified customer, that was named
 * @param state {@code requested}, {@code refused}, {@code approved} while it is being carried out, or {@code done}
 * @param destroyed null until it is done
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Erasure(
        long number,
        String subject,
        String reason,
        String ticket,
        String state,
        String requestedBy,
        OffsetDateTime requestedAt,
        @Nullable String decidedBy,
        @Nullable OffsetDateTime decidedAt,
        @Nullable OffsetDateTime doneAt,
        @Nullable Destroyed destroyed) {
    static final String COLUMNS = "number, subject, reason, ticket, state, requested_by, requested_at, decided_by,"
            + " decided_at, done_at, records, versions, keys, pages, refusals";

    /**
     * How much there is no more of.
     *
     * @param records of customers and of the unified customer
     * @param versions of them, in the history and the change log
     * @param keys under which their values were sealed, those of their requests and accounts too
     * @param pages as received in which they stood
     * @param refusals in quarantine in which they stood
     */
    public record Destroyed(int records, int versions, int keys, int pages, int refusals) {
        @Override
        public String toString() {
            return records + " records, " + versions + " versions, " + keys + " keys, " + pages + " pages, " + refusals
                    + " refusals";
        }
    }

    static Erasure of(ResultSet row, int n) throws SQLException {
        return new Erasure(
                row.getLong("number"),
                row.getString("subject"),
                row.getString("reason"),
                row.getString("ticket"),
                row.getString("state"),
                row.getString("requested_by"),
                row.getObject("requested_at", OffsetDateTime.class),
                row.getString("decided_by"),
                row.getObject("decided_at", OffsetDateTime.class),
                row.getObject("done_at", OffsetDateTime.class),
                row.getString("state").equals("done")
                        ? new Destroyed(
                                row.getInt("records"),
                                row.getInt("versions"),
                                row.getInt("keys"),
                                row.getInt("pages"),
                                row.getInt("refusals"))
                        : null);
    }
}
