package isthmus.feed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.model.EventId;
import isthmus.model.Op;
import isthmus.model.Urn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * How complete a local day of a system is.
 *
 * @param revision rises when late data change the day
 * @param expected meters that were installed on the day
 * @param complete those of them whose day has every value
 */
public record Day(
        String system, LocalDate day, ZoneId zone, int revision, long expected, long complete, Instant judged) {
    static final String TYPE = "org.isthmus.day.complete.v1";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final BigDecimal WHOLE = new BigDecimal(100);

    /** Per cent, rounded down: only a whole day is 100.00. */
    public String share() {
        return new BigDecimal(complete)
                .multiply(WHOLE)
                .divide(new BigDecimal(expected), 2, RoundingMode.DOWN)
                .toPlainString();
    }

    /** As the feed and the service say it. */
    public ObjectNode json() {
        return JSON.createObjectNode()
                .put("system", system)
                .put("day", day.toString())
                .put("timeZone", zone.getId())
                .put("revision", revision)
                .put("expected", expected)
                .put("complete", complete)
                .put("missing", expected - complete)
                .put("share", share())
                .put("missingList", "/api/v1/days/" + system + "/" + day + "/missing");
    }

    String key() {
        return system + "/" + day;
    }

    /** A CloudEvent in structured JSON, the same bytes whenever it is told again. */
    byte[] event(String org) {
        String subject = Urn.prefix(org, system, "day") + day;
        ObjectNode event = JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("id", EventId.of(subject, Op.UPSERT, Integer.toString(revision), expected + "/" + complete))
                .put("source", "urn:isthmus:" + org + ":" + system)
                .put("type", TYPE)
                .put("subject", subject)
                .put(
                        "time",
                        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                                judged.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC)))
                .put("datacontenttype", "application/json")
                .put("dataschema", "https://isthmus.example/schema/v1/day.json")
                .put("dataclassification", "internal");
        event.set("data", json());
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }
}
