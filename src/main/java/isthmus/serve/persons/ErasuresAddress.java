package isthmus.serve.persons;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import isthmus.audit.Audit;
import isthmus.erasure.Erasure;
import isthmus.erasure.Erasures;
import isthmus.serve.Asked;
import isthmus.serve.Refused;
import isthmus.serve.Served;
import isthmus.serve.door.Spoken;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** {@code /api/v1/erasures}: persons who are to be erased; one asks, another one approves, and then it is done. */
@Served
final class ErasuresAddress {
    private static final int USUAL = 50;
    private static final int MOST = 500;

    private final Erasures erasures;

    ErasuresAddress(Erasures erasures) {
        this.erasures = erasures;
    }

    /** What somebody asks for. */
    record Wish(
            @Nullable String subject,
            @Nullable String reason,
            @Nullable String ticket) {}

    /** What somebody says to it. */
    record Word(@Nullable String reason) {}

    /** The newest. */
    record Requests(List<Erasure> items) {}

    @Operation(
            summary = "Who was to be erased, who asked, who decided, and what was destroyed; the newest first.",
            parameters = @Parameter(in = ParameterIn.QUERY, name = "limit"))
    @GetMapping(path = "/api/v1/erasures", produces = MediaType.APPLICATION_JSON_VALUE)
    Requests list(HttpServletRequest request) {
        return new Requests(erasures.list(Asked.of(request).limit(USUAL, MOST).rows()));
    }

    @Operation(summary = "Asks for a person to be erased, by the id of a customer or a unified customer.")
    @PostMapping(
            path = "/api/v1/erasures",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Erasure ask(@RequestBody Wish wish, HttpServletRequest request) {
        String subject = wish.subject();
        String ticket = wish.ticket();
        if (subject == null || subject.isBlank()) {
            throw Refused.parameter("subject", "the id of a customer or of a unified customer");
        }
        if (ticket == null || !Audit.TICKET.matcher(ticket).matches()) {
            throw Refused.parameter("ticket", "the number under which it was asked for: DSR-2026-17");
        }
        String reason = Spoken.reason(wish.reason());
        return said("subject", () -> erasures.request(subject, reason, ticket, Spoken.by(request)));
    }

    @Operation(
            summary =
                    "Says yes to somebody else's request, and destroys what names the person; it cannot be taken back.")
    @PostMapping(
            path = "/api/v1/erasures/{number}/approve",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Erasure approve(@PathVariable String number, @RequestBody Word word, HttpServletRequest request) {
        String reason = Spoken.reason(word.reason());
        return said("number", () -> erasures.approve(number(number), reason, Spoken.by(request)));
    }

    @Operation(summary = "Says no to a request, or takes one's own back.")
    @PostMapping(
            path = "/api/v1/erasures/{number}/refuse",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Erasure refuse(@PathVariable String number, @RequestBody Word word, HttpServletRequest request) {
        String reason = Spoken.reason(word.reason());
        return said("number", () -> erasures.refuse(number(number), reason, Spoken.by(request)));
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw Refused.unknown("no such request");
        }
        return Long.parseLong(text);
    }

    private static Erasure said(String field, Supplier<Erasure> saying) {
        try {
            return saying.get();
        } catch (Erasures.Unfit unfit) {
            String why = String.valueOf(unfit.getMessage());
            throw unfit.isUnknown() ? Refused.unknown(field + ": " + why) : Refused.state(why);
        }
    }
}
