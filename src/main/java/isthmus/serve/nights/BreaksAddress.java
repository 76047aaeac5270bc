package isthmus.serve.nights;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import isthmus.crosscheck.Break;
import isthmus.crosscheck.Break.State;
import isthmus.crosscheck.Breaks;
import isthmus.crosscheck.Rules;
import isthmus.serve.Asked;
import isthmus.serve.Form;
import isthmus.serve.Refused;
import isthmus.serve.Served;
import isthmus.serve.door.Spoken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import javax.sql.DataSource;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/** {@code /api/v1/breaks}: what the systems do not agree about, and what somebody says about it. */
@Served
final class BreaksAddress {
    private static final int USUAL = 50;
    private static final int MOST = 1_000;
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private final Breaks read;
    private final Breaks written;

    /** @param breaks to say something; it is read through the connections of those who ask */
    BreaksAddress(
            Rules rules,
            @Qualifier("serve") DataSource store,
            Breaks breaks,
            Clock clock,
            @Value("${isthmus.zone}") ZoneId zone) {
        this.read = new Breaks(rules, store, clock, zone);
        this.written = breaks;
    }

    /** A break in an answer: energy and money as text, as everywhere in the service. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Said(
            long id,
            String check,
            String subject,
            String cause,
            String severity,
            String owner,
            String state,
            @Nullable String kwh,
            @Nullable String money,
            OffsetDateTime firstSeen,
            OffsetDateTime opened,
            OffsetDateTime lastSeen,
            @Nullable OffsetDateTime resolved,
            @Nullable String reason,
            @Nullable LocalDate until,
            @Nullable String saidBy) {
        static Said of(Break one) {
            return new Said(
                    one.id(),
                    one.code(),
                    one.subject(),
                    one.cause(),
                    one.severity(),
                    one.owner(),
                    one.state().word(),
                    plain(one.kwh()),
                    plain(one.money()),
                    one.firstSeen(),
                    one.opened(),
                    one.lastSeen(),
                    one.resolved(),
                    one.reason(),
                    one.until(),
                    one.saidBy());
        }

        private static @Nullable String plain(@Nullable BigDecimal amount) {
            return amount == null ? null : amount.toPlainString();
        }
    }

    /** A break, and why it is one, line by line. */
    record Explained(Said found, String explanation) {}

    /** What is said about a break. */
    record Word(@Nullable String reason, @Nullable String until) {}

    /** By id; as CSV all that the filter lets through, in pages that hold no connection while somebody reads slowly. */
    @Operation(
            summary = "Where the systems contradict each other, as work: a page at a time, or by Accept all as CSV.",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "check",
                        description = "Only of this check.",
                        example = "X-KWH"),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "state",
                        description = "Only in this state.",
                        example = "open"),
                @Parameter(in = ParameterIn.QUERY, name = "owner", description = "Only of this owner."),
                @Parameter(in = ParameterIn.QUERY, name = "after"),
                @Parameter(in = ParameterIn.QUERY, name = "limit")
            })
    @GetMapping(
            path = "/api/v1/breaks",
            produces = {MediaType.APPLICATION_JSON_VALUE, "text/csv"})
    @Nullable
    ResponseEntity<Page<Said>> list(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept)
            throws IOException {
        Asked asked = Asked.of(request);
        String check = asked.text("check");
        String owner = asked.text("owner");
        State state = state(asked.text("state"));
        if (Form.wanted(accept, MediaType.APPLICATION_JSON, CSV).equals(MediaType.APPLICATION_JSON)) {
            int limit = asked.limit(USUAL, MOST).rows();
            List<Break> found = read.after(asked.after(0), check, state, owner, limit + 1);
            return ResponseEntity.ok()
                    .varyBy(HttpHeaders.ACCEPT)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Page.of(found, limit, Said::of, one -> Long.toString(one.id())));
        }
        if (asked.has("limit")) {
            throw Refused.parameter("limit", "is for JSON; as CSV there are all of them");
        }
        response.setContentType(CSV.toString());
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"breaks.csv\"");
        try {
            OutputStream out = response.getOutputStream();
            read.csv(asked.after(0), check, state, owner, line -> write(out, line));
        } catch (UncheckedIOException gone) {
            throw new CloseNowException("the client is gone", gone);
        } catch (RuntimeException fault) {
            if (!response.isCommitted()) {
                response.reset();
            }
            throw fault;
        }
        return null;
    }

    /** The servlet's own writer passes over that nobody listens any more, and the rest would be read for nobody. */
    private static void write(OutputStream out, String line) {
        try {
            out.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Operation(summary = "A break, and why it is one, with the arithmetic.")
    @GetMapping(path = "/api/v1/breaks/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    Explained one(@PathVariable String id) {
        Break one = found(id);
        return new Explained(Said.of(one), read.explain(one));
    }

    @Operation(
            summary =
                    "Says that somebody works on a break, and why it is still there; asked for on the hub's machine only.")
    @PostMapping(
            path = "/api/v1/breaks/{id}/acknowledge",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Said acknowledge(@PathVariable String id, @RequestBody Word word, HttpServletRequest request) {
        String reason = Spoken.reason(word.reason());
        if (word.until() != null) {
            throw Refused.parameter("until", "only for suppress");
        }
        Break one = found(id);
        taken(written.acknowledge(one, reason, Spoken.by(request)));
        return Said.of(found(id));
    }

    @Operation(
            summary =
                    "Keeps a break from being counted until a day, with a reason; asked for on the hub's machine only.")
    @PostMapping(
            path = "/api/v1/breaks/{id}/suppress",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Said suppress(@PathVariable String id, @RequestBody Word word, HttpServletRequest request) {
        String reason = Spoken.reason(word.reason());
        LocalDate until = until(word);
        Break one = found(id);
        try {
            taken(written.suppress(one, reason, until, Spoken.by(request)));
        } catch (IllegalArgumentException past) {
            throw Refused.parameter("until", "a day that is not past");
        }
        return Said.of(found(id));
    }

    private static void taken(boolean taken) {
        if (!taken) {
            throw Refused.state("resolved; there is nothing to say about it");
        }
    }

    private Break found(String id) {
        return read.find(id).orElseThrow(() -> Refused.unknown("no such break"));
    }

    private static @Nullable State state(@Nullable String word) {
        try {
            return word == null ? null : State.of(word);
        } catch (IllegalArgumentException unknown) {
            throw Refused.parameter("state", "open, acknowledged, suppressed or resolved");
        }
    }

    private static LocalDate until(Word word) {
        if (word.until() == null) {
            throw Refused.parameter("until", "the last day, yyyy-MM-dd, must be said");
        }
        return Asked.date("until", word.until());
    }
}
