package isthmus.reconcile;

import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.crosscheck.CheckResult;
import isthmus.identity.LinkReport;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The report as one JSON document, and the report from that document. */
final class NightJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private NightJson() {}

    static String write(NightReport report) {
        ObjectNode root = JSON.createObjectNode()
                .put("id", report.id())
                .put("verdict", report.verdict().name())
                .put("asOf", ISO_OFFSET_DATE_TIME.format(report.asOf()))
                .put("settle", report.settle().toString())
                .put("started", ISO_OFFSET_DATE_TIME.format(report.started()))
                .put("ended", ISO_OFFSET_DATE_TIME.format(report.ended()));
        var reasons = root.putArray("reasons");
        report.reasons().forEach(reasons::add);
        var lines = root.putArray("lines");
        report.lines().forEach(line -> write(lines.addObject(), line));
        var away = root.putArray("away");
        report.away().forEach(system -> write(away.addObject(), system));
        LinkReport links = report.links();
        if (links != null) {
            write(root.putObject("links"), links);
        }
        var checks = root.putArray("checks");
        report.checks().forEach(check -> write(checks.addObject(), check));
        return root.toPrettyString();
    }

    static NightReport read(String json) {
        return new NightReader(tree(json)).report();
    }

    /** What was seen of a system; {@link #seen} reads it. */
    static String write(Watch.Seen seen) {
        ObjectNode root = JSON.createObjectNode();
        var lines = root.putArray("lines");
        seen.lines().forEach(line -> write(lines.addObject(), line));
        NightReport.Away away = seen.away();
        if (away != null) {
            write(root.putObject("away"), away);
        }
        return root.toString();
    }

    static Watch.Seen seen(String json) {
        JsonNode root = tree(json);
        return new Watch.Seen(
                NightReader.all(root.path("lines"), NightReader::line),
                root.has("away") ? NightReader.away(root.path("away")) : null);
    }

    /** How the links stand; {@link #links} reads it. */
    static String write(LinkReport links) {
        ObjectNode root = JSON.createObjectNode();
        write(root, links);
        return root.toString();
    }

    static LinkReport links(String json) {
        return NightReader.links(tree(json));
    }

    /** What a check found; {@link #check} reads it. */
    static String write(CheckResult check) {
        ObjectNode root = JSON.createObjectNode();
        write(root, check);
        return root.toString();
    }

    static CheckResult check(String json) {
        return NightReader.check(tree(json));
    }

    /** What a night is asked for, besides its moment; the same question has the same text. */
    static String asked(NightOptions options) {
        ObjectNode root = JSON.createObjectNode()
                .put("settle", options.settle().toString())
                .put("full", options.full());
        var systems = root.putArray("systems");
        options.systems().stream().sorted().forEach(systems::add);
        return root.toString();
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("what a night has written down is not JSON", fault);
        }
    }

    private static void write(ObjectNode to, NightReport.Line line) {
        to.put("system", line.system())
                .put("entity", line.entity())
                .put("source", line.source())
                .put("unified", line.unified())
                .put("quarantined", line.quarantined())
                .put("inFlight", line.inFlight())
                .put("outdated", line.outdated());
        write(to, "money", line.money());
        write(to, "energy", line.energy());
        write(to, "missing", line.missing());
        write(to, "extra", line.extra());
        write(to, "different", line.different());
        to.put("moved", line.moved());
    }

    private static void write(ObjectNode to, NightReport.Away away) {
        to.put("system", away.system()).put("why", away.why());
    }

    private static void write(ObjectNode to, LinkReport links) {
        to.put("fault", links.fault());
        var rules = to.putArray("rules");
        links.rules()
                .forEach(one -> rules.addObject()
                        .put("rule", one.rule())
                        .put("linked", one.linked())
                        .put("review", one.review())
                        .put("vetoed", one.vetoed())
                        .put("new", one.fresh())
                        .put("ended", one.ended()));
        var huge = to.putArray("huge");
        links.huge()
                .forEach(one -> huge.addObject()
                        .put("kind", one.kind())
                        .put("block", one.block())
                        .put("records", one.records())
                        .put("one", one.one()));
    }

    private static void write(ObjectNode to, CheckResult check) {
        to.put("code", check.code())
                .put("title", check.title())
                .put("severity", check.severity())
                .put("owner", check.owner())
                .put("fault", check.fault())
                .put("population", check.population())
                .put("withinTolerance", check.within())
                .put("hits", check.hits())
                .put("open", check.open())
                .put("acknowledged", check.acknowledged())
                .put("suppressed", check.suppressed())
                .put("new", check.fresh())
                .put("persisting", check.persisting())
                .put("resolved", check.resolved())
                .put("limit", check.limit())
                .put("kwh", plain(check.kwh()))
                .put("money", plain(check.money()));
        var causes = to.putArray("causes");
        check.causes()
                .forEach(one -> causes.addObject()
                        .put("cause", one.cause())
                        .put("breaks", one.breaks())
                        .put("kwh", plain(one.kwh()))
                        .put("money", plain(one.money())));
        var worst = to.putArray("worst");
        check.worst()
                .forEach(one -> worst.addObject()
                        .put("subject", one.subject())
                        .put("cause", one.cause())
                        .put("kwh", plain(one.kwh()))
                        .put("money", plain(one.money()))
                        .put("opened", one.opened() == null ? null : ISO_OFFSET_DATE_TIME.format(one.opened()))
                        .put("state", one.state().word()));
    }

    private static void write(ObjectNode to, String name, NightReport.Sum sum) {
        to.putObject(name)
                .put("source", plain(sum.source()))
                .put("unified", plain(sum.unified()))
                .put("difference", plain(sum.difference()));
    }

    private static void write(ObjectNode to, String name, NightReport.Breaks breaks) {
        var names = to.putObject(name).put("total", breaks.total()).putArray("names");
        breaks.names().forEach(names::add);
    }

    private static @Nullable String plain(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.toPlainString();
    }
}
