package isthmus.serve.lineage;

import isthmus.serve.Refused;
import isthmus.serve.Served;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code /api/v1/{entity}/{id}/trace} and {@code /impact}: where a record came from; raw bytes only by size and hash. */
@Served
final class TraceAddress {
    private final Lineage lineage;

    TraceAddress(Lineage lineage) {
        this.lineage = lineage;
    }

    @GetMapping(path = "/api/v1/{entity}/{id}/trace", produces = MediaType.APPLICATION_JSON_VALUE)
    Trace trace(@PathVariable String entity, @PathVariable String id) {
        return lineage.trace(id)
                .filter(trace -> trace.entity().equals(entity))
                .orElseThrow(() -> Refused.unknown("no such record"));
    }

    @GetMapping(path = "/api/v1/{entity}/{id}/impact", produces = MediaType.APPLICATION_JSON_VALUE)
    Impact impact(@PathVariable String entity, @PathVariable String id) {
        return lineage.impact(id)
                .filter(impact -> impact.entity().equals(entity))
                .orElseThrow(() -> Refused.unknown("no such bill, registerreading or intervalblock"));
    }
}
