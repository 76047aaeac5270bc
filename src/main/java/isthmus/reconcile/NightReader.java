package isthmus.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.crosscheck.Break;
import isthmus.crosscheck.CheckResult;
import isthmus.identity.LinkReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads a stored report; what an older release did not write down yet is nothing, or none. */
final class NightReader {
    private final JsonNode root;

    NightReader(JsonNode root) {
        this.root = root;
    }

    NightReport report() {
        return new NightReport(
                root.path("id").asLong(),
                time(root, "asOf"),
                Duration.parse(root.path("settle").asText()),
                time(root, "started"),
                time(root, "ended"),
                NightReport.Verdict.valueOf(root.path("verdict").asText()),
                all(root.path("lines"), NightReader::line),
                all(root.path("away"), NightReader::away),
                root.has("links") ? links(root.path("links")) : null,
                all(root.path("checks"), NightReader::check));
    }

    static NightReport.Away away(JsonNode away) {
        return new NightReport.Away(
                away.path("system").asText(), away.path("why").asText());
    }

    static NightReport.Line line(JsonNode line) {
        return new NightReport.Line(
                line.path("system").asText(),
                line.path("entity").asText(),
                line.path("source").asLong(),
                line.path("unified").asLong(),
                line.path("quarantined").asLong(),
                line.path("inFlight").asLong(),
                line.path("outdated").asLong(),
                sum(line.path("money")),
                sum(line.path("energy")),
                breaks(line.path("missing")),
                breaks(line.path("extra")),
                breaks(line.path("different")),
                line.path("moved").asLong());
    }

    private static NightReport.Sum sum(JsonNode sum) {
        return new NightReport.Sum(amount(sum, "source"), amount(sum, "unified"));
    }

    private static NightReport.Breaks breaks(JsonNode breaks) {
        return new NightReport.Breaks(breaks.path("total").asLong(), all(breaks.path("names"), JsonNode::asText));
    }

    static LinkReport links(JsonNode links) {
        return new LinkReport(
                all(
                        links.path("rules"),
                        one -> new LinkReport.Count(
                                one.path("rule").asText(),
                                one.path("linked").asLong(),
                                one.path("review").asLong(),
                                one.path("vetoed").asLong(),
                                one.path("new").asLong(),
                                one.path("ended").asLong())),
                all(
                        links.path("huge"),
                        one -> new LinkReport.Huge(
                                one.path("kind").asText(),
                                one.path("block").asText(),
                                one.path("records").asLong(),
                                one.path("one").asText())),
                links.path("fault").textValue());
    }

    static CheckResult check(JsonNode check) {
        return new CheckResult(
                check.path("code").asText(),
                check.path("title").asText(),
                check.path("severity").asText(),
                check.path("owner").asText(),
                check.path("population").asLong(),
                check.path("withinTolerance").asLong(),
                check.path("open").asLong(),
                check.path("acknowledged").asLong(),
                check.path("suppressed").asLong(),
                check.path("new").asLong(),
                check.path("resolved").asLong(),
                check.path("limit").asLong(),
                orZero(amount(check, "kwh")),
                orZero(amount(check, "money")),
                all(
                        check.path("causes"),
                        one -> new CheckResult.Cause(
                                one.path("cause").asText(),
                                one.path("breaks").asLong(),
                                orZero(amount(one, "kwh")),
                                orZero(amount(one, "money")))),
                all(check.path("worst"), NightReader::worst),
                check.path("fault").textValue());
    }

    private static CheckResult.Worst worst(JsonNode one) {
        return new CheckResult.Worst(
                one.path("subject").asText(),
                one.path("cause").asText(),
                amount(one, "kwh"),
                amount(one, "money"),
                one.hasNonNull("opened") ? time(one, "opened") : null,
                Break.State.of(one.path("state").asText(Break.State.OPEN.word())));
    }

    static <T> List<T> all(JsonNode array, Function<JsonNode, T> reading) {
        return StreamSupport.stream(array.spliterator(), false).map(reading).toList();
    }

    private static OffsetDateTime time(JsonNode of, String name) {
        return OffsetDateTime.parse(of.path(name).asText());
    }

    private static @Nullable BigDecimal amount(JsonNode of, String name) {
        String text = of.path(name).textValue();
        return text == null ? null : new BigDecimal(text);
    }

    private static BigDecimal orZero(@Nullable BigDecimal amount) {
        return amount == null ? BigDecimal.ZERO : amount;
    }
}
