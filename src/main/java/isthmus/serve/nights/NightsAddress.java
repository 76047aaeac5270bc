package isthmus.serve.nights;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import isthmus.reconcile.Nights;
import isthmus.reconcile.Nights.Kept;
import isthmus.reconcile.Nights.Line;
import isthmus.serve.Asked;
import isthmus.serve.Form;
import isthmus.serve.Refused;
import isthmus.serve.Served;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** {@code /api/v1/nights}: the nights that have ended, each as it was written down. */
@Served
final class NightsAddress {
    private static final int USUAL = 50;

    private static final int MOST = 100;

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final Nights nights;

    NightsAddress(@Qualifier("serve") DataSource store) {
        this.nights = new Nights(store);
    }

    /** The newest first. */
    @Operation(
            summary = "The nights and their verdicts, the newest first, a page at a time.",
            parameters = {
                @Parameter(in = ParameterIn.QUERY, name = "after"),
                @Parameter(in = ParameterIn.QUERY, name = "limit")
            })
    @GetMapping(path = "/api/v1/nights", produces = MediaType.APPLICATION_JSON_VALUE)
    Page<Line> list(HttpServletRequest request) {
        Asked asked = Asked.of(request);
        int limit = asked.limit(USUAL, MOST).rows();
        List<Line> found = nights.before(asked.after(Long.MAX_VALUE), limit + 1);
        return Page.of(found, limit, each -> each, night -> Long.toString(night.id()));
    }

    /** The very bytes that were written down, over which the hash was taken; or the page for people. */
    @Operation(summary = "The report of a night as it was written down, or by Accept the page for people.")
    @GetMapping(
            path = "/api/v1/nights/{id}",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_HTML_VALUE})
    ResponseEntity<byte[]> one(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
        if (!id.matches("[0-9]{1,18}")) {
            throw Refused.unknown("no such night");
        }
        Kept night = nights.find(Long.parseLong(id)).orElseThrow(() -> Refused.unknown("no such night"));
        if (!night.holds()) {
            throw new IllegalStateException(
                    "night " + id + " is not what was written down; see isthmus reconcile report --verify");
        }
        boolean asPage = Form.wanted(accept, MediaType.APPLICATION_JSON, MediaType.TEXT_HTML)
                .equals(MediaType.TEXT_HTML);
        return ResponseEntity.ok()
                .contentType(asPage ? HTML : MediaType.APPLICATION_JSON)
                .varyBy(HttpHeaders.ACCEPT)
                .eTag(night.hash() + (asPage ? "-html" : ""))
                .body((asPage ? nights.html(night) : night.json()).getBytes(StandardCharsets.UTF_8));
    }
}
