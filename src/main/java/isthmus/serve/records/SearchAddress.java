package isthmus.serve.records;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import isthmus.security.seal.Opener;
import isthmus.serve.Asked;
import isthmus.serve.Asked.Limit;
import isthmus.serve.Reads;
import isthmus.serve.Served;
import isthmus.serve.Sight;
import isthmus.serve.share.Portion;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code /api/v1/{entity}?…}: the records that a search finds, page by page. */
@Served
final class SearchAddress {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    /** A page of large records ends before its limit, so that a crowd of them fits into memory. */
    static final int FULL_BYTES = 4 * 1024 * 1024;

    private final Reads reads;
    private final Opener opener;

    SearchAddress(Reads reads, Opener opener) {
        this.reads = reads;
        this.opener = opener;
    }

    @Operation(
            summary =
                    "Searches the records of an entity by its keys and references, by id, a page at a time; each entity has its own searches, and a parameter that it does not know is refused with those that it does.",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "silo",
                        description = "The legacy system that the records are of.",
                        example = "cis"),
                @Parameter(in = ParameterIn.QUERY, name = "key", description = "The key in that system."),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "changedSince",
                        description =
                                "Written by the hub at this instant or later, RFC 3339, tombstones too. For a look: what is written while you read comes late, so who must miss nothing follows /feed/v1/{entity}."),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "account",
                        description =
                                "The account that a record belongs to, by its id or number; for bill, payment, customer, servicepoint and servicerequest."),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "customer",
                        description =
                                "The customer that an account or servicerequest belongs to, by its id or number."),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "servicePoint",
                        description = "The service point that a record belongs to, by its id or number."),
                @Parameter(in = ParameterIn.QUERY, name = "code", description = "For tariff: its code."),
                @Parameter(in = ParameterIn.QUERY, name = "accountNo", description = "For account: its number."),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "servicePointNo",
                        description = "For servicepoint: its number."),
                @Parameter(in = ParameterIn.QUERY, name = "assetNo", description = "For meter: the number on it."),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "commAddress",
                        description = "For meter: its address in the collector."),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "from",
                        description = "The first day of the range, for what has a time."),
                @Parameter(in = ParameterIn.QUERY, name = "to", description = "The day after the last of the range."),
                @Parameter(in = ParameterIn.QUERY, name = "validAt"),
                @Parameter(in = ParameterIn.QUERY, name = "fields"),
                @Parameter(in = ParameterIn.QUERY, name = "limit"),
                @Parameter(in = ParameterIn.QUERY, name = "after")
            })
    @GetMapping(path = "/api/v1/{entity}", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] search(@PathVariable String entity, HttpServletRequest request) {
        Asked asked = Asked.of(request, Search.parameters(RecordAddress.known(entity)));
        Limit limit = asked.limit(USUAL, MOST);
        Fields fields = Fields.of(asked);
        Portion portion = Portion.of(request);
        if (portion != null) {
            return reads.together(connection -> GrantedPage.of(connection, opener, entity, asked, limit, portion));
        }
        Sight sight = Sight.of(request);
        // Where the silos are is asked for before the records: both at one moment.
        return reads.together(connection -> page(connection, entity, asked, limit, new Shown(opener, fields, sight)));
    }

    /** What of each record is told. */
    private record Shown(Opener opener, @Nullable Fields fields, Sight sight) {}

    private static byte[] page(Connection connection, String entity, Asked asked, Limit limit, Shown shown)
            throws SQLException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8 * 1024);
        out.writeBytes(utf8("{\"items\":["));
        After next = null;
        // One more than the page holds tells whether there is another page.
        try (PreparedStatement select = Search.of(connection, entity, asked, limit.rows() + 1)) {
            if (select != null) {
                select.setFetchSize(USUAL + 1);
                next = items(select, asked, limit.rows(), shown, out);
            }
        }
        out.writeBytes(utf8("],\"limit\":" + limit.rows() + (limit.clamped() ? ",\"clamped\":true" : "")
                + (next == null ? "" : ",\"next\":\"" + next + "\"") + "}"));
        return out.toByteArray();
    }

    private static @Nullable After items(
            PreparedStatement select, Asked asked, int rows, Shown shown, ByteArrayOutputStream out)
            throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            StoredRecord last = null;
            for (int n = 0; row.next(); n++) {
                if (last != null && (n == rows || out.size() > FULL_BYTES)) {
                    return new After(last.id(), asked.has("changedSince") ? last.recorded() : null);
                }
                last = StoredRecord.of(row);
                out.writeBytes(utf8(n == 0 ? "\n" : ",\n"));
                last.writeTo(out, shown.opener(), shown.fields(), shown.sight());
            }
            return null;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
