package isthmus.serve.audits;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import isthmus.audit.AuditTrail;
import isthmus.audit.AuditTrail.Filter;
import isthmus.audit.AuditTrail.Growth;
import isthmus.audit.AuditTrail.Membership;
import isthmus.audit.proof.Entry;
import isthmus.audit.proof.Head;
import isthmus.serve.Asked;
import isthmus.serve.Refused;
import isthmus.serve.Served;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code /api/v1/audit}: what people had the hub do, and how far that has come. */
@Served
final class AuditAddress {
    private static final int USUAL = 50;
    private static final int MOST = 1_000;
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private final AuditTrail trail;

    AuditAddress(@Qualifier("serve") DataSource store) {
        this.trail = new AuditTrail(store);
    }

    /**
     * A page.
     *
     * @param next what {@code after} has to be for the part behind it; null for the last
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<Entry> items, int limit, @Nullable String next) {}

    /**
     * The newest signed head, and that the log has only grown between two sizes.
     *
     * @param head the line that lies in the second place
     * @param consistency the hashes of RFC 6962, section 2.1.2, in hex
     */
    record Newest(
            long size,
            Instant at,
            String root,
            String key,
            String signature,
            String head,
            long from,
            String fromRoot,
            long to,
            String toRoot,
            List<String> consistency) {
        static Newest of(Head head, Growth growth) {
            HexFormat hex = HexFormat.of();
            Base64.Encoder base64 = Base64.getEncoder();
            return new Newest(
                    head.size(),
                    head.at(),
                    hex.formatHex(head.root()),
                    base64.encodeToString(head.key()),
                    base64.encodeToString(head.signature()),
                    head.line(),
                    growth.from(),
                    hex.formatHex(growth.fromRoot()),
                    growth.to(),
                    hex.formatHex(growth.toRoot()),
                    growth.proof().stream().map(hex::formatHex).toList());
        }
    }

    @Operation(
            summary = "What people had the hub do, the newest first, a page at a time.",
            parameters = {
                @Parameter(in = ParameterIn.QUERY, name = "actor", description = "Only what this account did."),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "action",
                        description = "Only this; with a dot at its end, all that begin so.",
                        example = "quarantine."),
                @Parameter(in = ParameterIn.QUERY, name = "subject", description = "Only what was done to this."),
                @Parameter(in = ParameterIn.QUERY, name = "after"),
                @Parameter(in = ParameterIn.QUERY, name = "limit")
            })
    @GetMapping(path = "/api/v1/audit", produces = MediaType.APPLICATION_JSON_VALUE)
    Page list(HttpServletRequest request) {
        Asked asked = Asked.of(request);
        int limit = asked.limit(USUAL, MOST).rows();
        Filter filter = new Filter(asked.text("actor"), asked.text("action"), asked.text("subject"));
        List<Entry> found = trail.before(asked.after(Long.MAX_VALUE), filter, limit + 1);
        return found.size() <= limit
                ? new Page(found, limit, null)
                : new Page(
                        found.subList(0, limit),
                        limit,
                        Long.toString(found.get(limit - 1).number()));
    }

    /**
     * An entry, and that it is one of those that a head vouches for.
     *
     * @param line as an exported log has it; what is hashed is the object under {@code entry}
     * @param path the hashes of RFC 6962, section 2.1.1, in hex
     */
    record One(Entry entry, String line, String leaf, long size, String root, List<String> path) {
        static One of(Membership member) {
            HexFormat hex = HexFormat.of();
            return new One(
                    member.line().entry(),
                    member.line().text(),
                    hex.formatHex(member.line().leaf()),
                    member.size(),
                    hex.formatHex(member.root()),
                    member.path().stream().map(hex::formatHex).toList());
        }
    }

    @Operation(
            summary = "One entry of the audit, and the proof that it is one of those that a head vouches for.",
            parameters =
                    @Parameter(
                            in = ParameterIn.QUERY,
                            name = "size",
                            description =
                                    "The size of the log that it is proved for; that of the newest head when there is none.",
                            example = "200"))
    @GetMapping(path = "/api/v1/audit/entries/{number}", produces = MediaType.APPLICATION_JSON_VALUE)
    One one(
            @Parameter(description = "The number of the entry, from 1 on.", example = "1") @PathVariable String number,
            HttpServletRequest request) {
        long wanted = NUMBER.matcher(number).matches() ? Long.parseLong(number) : 0;
        long newest = trail.head().map(Head::size).orElse(0L);
        try {
            return trail.membership(wanted, Asked.of(request).number("size", Math.max(newest, wanted)))
                    .map(One::of)
                    .orElseThrow(() -> Refused.unknown("no entry of this number"));
        } catch (IllegalArgumentException beyond) {
            throw Refused.parameter(
                    "size", "a size that the log has had with this entry in it: " + beyond.getMessage());
        }
    }

    @Operation(
            summary = "The newest signed head of the audit, and the proof that it has only grown between two sizes.",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "from",
                        description = "The size that you know a root of; 0 when there is none.",
                        example = "100"),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "to",
                        description = "The size to which it is proved; that of the head when there is none.",
                        example = "200")
            })
    @GetMapping(path = "/api/v1/audit/head", produces = MediaType.APPLICATION_JSON_VALUE)
    Newest head(HttpServletRequest request) {
        Asked asked = Asked.of(request);
        Head head = trail.head().orElseThrow(() -> Refused.unknown("no head of the audit is signed yet"));
        long from = asked.number("from", 0);
        long to = asked.number("to", head.size());
        try {
            return Newest.of(head, trail.growth(from, to));
        } catch (IllegalArgumentException beyond) {
            throw Refused.parameter(from > to ? "from" : "to", "sizes of the log: " + beyond.getMessage());
        }
    }
}
