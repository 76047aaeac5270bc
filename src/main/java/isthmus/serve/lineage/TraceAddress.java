package isthmus.serve.lineage;

import io.swagger.v3.oas.annotations.Operation;
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

    @Operation(
            summary =
                    "Where a record came from: its versions, their rows, lines or messages, and the rule of each field; a bill also by what its period was measured by.")
    @GetMapping(path = "/api/v1/{entity}/{id}/trace", produces = MediaType.APPLICATION_JSON_VALUE)
    Trace trace(@PathVariable String entity, @PathVariable String id) {
        return lineage.trace(id)
                .filter(trace -> trace.entity().equals(entity))
                .orElseThrow(() -> Refused.unknown("no such record"));
    }

    @Operation(
            summary =
                    "Which bills used a reading or block that was corrected since, and by how much; of a bill, which of its readings were.")
    @GetMapping(path = "/api/v1/{entity}/{id}/impact", produces = MediaType.APPLICATION_JSON_VALUE)
    Impact impact(@PathVariable String entity, @PathVariable String id) {
        return lineage.impact(id)
                .filter(impact -> impact.entity().equals(entity))
                .orElseThrow(() -> Refused.unknown("no such bill, registerreading or intervalblock"));
    }
}
