package isthmus.reconcile;

import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.crosscheck.CheckResult;
import isthmus.model.Urn;
import isthmus.reconcile.NightReport.Line;
import isthmus.reconcile.Nights.Kept;
import java.nio.charset.StandardCharsets;

/** A night as a CloudEvent 1.0 in structured JSON: the verdict and the counts, without the lists; the same bytes each time. */
final class NightEvent {
    static final String TYPE = "org.isthmus.reconcile.night.v1";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SILO = "reconcile";
    private static final int ID = 32;

    private NightEvent() {}

    /** @param org the utility's name in every id */
    static byte[] write(String org, Kept night) {
        NightReport report = night.report();
        String subject = Urn.prefix(org, SILO, "night") + report.id();
        ObjectNode event = JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("id", ChainHash.hash(subject, night.hash()).substring(0, ID))
                .put("source", "urn:isthmus:" + org + ":" + SILO)
                .put("type", TYPE)
                .put("subject", subject)
                .put("time", ISO_OFFSET_DATE_TIME.format(report.ended()))
                .put("datacontenttype", "application/json")
                .put("dataclassification", "internal");
        ObjectNode data = event.putObject("data")
                .put("id", report.id())
                .put("asOf", ISO_OFFSET_DATE_TIME.format(report.asOf()))
                .put("verdict", report.verdict().name());
        var reasons = data.putArray("reasons");
        report.reasons().forEach(reasons::add);
        data.putObject("shores")
                .put("source", report.lines().stream().mapToLong(Line::source).sum())
                .put("missing", sum(report, line -> line.missing().total()))
                .put("extra", sum(report, line -> line.extra().total()))
                .put("different", sum(report, line -> line.different().total()))
                .put("away", report.away().size());
        var checks = data.putArray("checks");
        report.checks().forEach(check -> write(checks.addObject(), check));
        data.put("previous", night.previous()).put("hash", night.hash());
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static long sum(NightReport report, java.util.function.ToLongFunction<Line> count) {
        return report.lines().stream().mapToLong(count).sum();
    }

    private static void write(ObjectNode to, CheckResult check) {
        to.put("code", check.code())
                .put("severity", check.severity())
                .put("owner", check.owner())
                .put("fault", check.fault())
                .put("population", check.population())
                .put("open", check.open())
                .put("acknowledged", check.acknowledged())
                .put("suppressed", check.suppressed())
                .put("new", check.fresh())
                .put("resolved", check.resolved())
                .put("kwh", check.kwh().toPlainString())
                .put("money", check.money().toPlainString());
    }
}
