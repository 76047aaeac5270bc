package isthmus.cli;

import isthmus.model.Urn;
import isthmus.serve.lineage.Came;
import isthmus.serve.lineage.Field;
import isthmus.serve.lineage.Impact;
import isthmus.serve.lineage.Impact.Effect;
import isthmus.serve.lineage.Trace;
import isthmus.serve.lineage.Used;
import isthmus.serve.lineage.Version;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A trace as a tree, for people with a terminal. */
final class TraceText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int BLOCKS = 3;
    private static final int WIDEST_VALUE = 36;

    private final ZoneId zone;
    private final StringBuilder out = new StringBuilder();

    /** @param zone in which times are shown */
    TraceText(ZoneId zone) {
        this.zone = zone;
    }

    String of(Trace trace) {
        out.append(trace.entity()).append(' ').append(Urn.key(trace.id())).append('\n');
        out.append(trace.id()).append('\n');
        versions(trace);
        fields(trace);
        List<Used> measured = trace.measured();
        if (measured != null) {
            measured(measured, trace.moreMeasured());
        }
        Impact impact = trace.impact();
        if (impact != null && !impact.effects().isEmpty()) {
            impact(impact);
        }
        return out.toString().stripTrailing();
    }

    private void versions(Trace trace) {
        int last = trace.versions().size() - 1;
        for (int i = 0; i <= last; i++) {
            Version version = trace.versions().get(i);
            boolean isLast = i == last && !trace.more();
            String stem = isLast ? "   " : "│  ";
            out.append(isLast ? "└─ " : "├─ ")
                    .append(i == 0 ? (version.deleted() ? "deleted" : "as it is") : "as it was")
                    .append(", changed at its source ")
                    .append(time(version.time()))
                    .append('\n');
            String believed = version.superseded() == null
                    ? "since " + time(version.recorded())
                    : "from " + time(version.recorded()) + " to " + time(version.superseded());
            line(stem, "known", believed + ", said by " + version.mapping());
            came(stem, version.came());
        }
        if (trace.more()) {
            out.append("└─ … and older ones\n");
        }
    }

    private void came(String stem, @Nullable Came came) {
        if (came == null) {
            line(stem, "from", "the ledger does not reach back so far");
            return;
        }
        line(stem, "from", came.place() + ", of " + time(came.at()));
        line(
                stem,
                "by",
                "%s.%s over %s, run %d (%s), chunk %d"
                        .formatted(
                                came.system(),
                                came.pull(),
                                came.transport(),
                                came.run(),
                                came.trigger() == null ? "unknown" : came.trigger(),
                                came.chunk()));
        line(stem, "raw", raw(came.raw()));
    }

    private static String raw(Came.Raw raw) {
        if (raw.sha256() == null) {
            return "was not kept";
        }
        String kept = raw.kept() ? "%,d bytes kept, ".formatted(raw.size()) : "not in the store, ";
        return kept + "sha256 " + raw.sha256() + (raw.archivedAs() == null ? "" : ", put away as " + raw.archivedAs());
    }

    private void fields(Trace trace) {
        if (!trace.mapping().same()) {
            out.append('\n').append(trace.mapping().says()).append('\n');
        }
        if (trace.fields().isEmpty()) {
            return;
        }
        out.append('\n');
        Table table = new Table("field", "value", "from", "rule", "line");
        for (Field field : trace.fields()) {
            table.row(
                    field.path().substring(1),
                    value(field),
                    field.columns().isEmpty() ? "" : "← " + String.join(", ", field.columns()),
                    field.rule(),
                    field.at());
        }
        out.append(table.text()).append('\n');
    }

    private static String value(Field field) {
        String value = field.value();
        if (field.classified()) {
            return "(personal)";
        }
        if (value == null) {
            return "";
        }
        String shown = value.startsWith("urn:") ? Urn.key(value) : value;
        return shown.length() <= WIDEST_VALUE ? shown : shown.substring(0, WIDEST_VALUE - 1) + "…";
    }

    private void measured(List<Used> measured, boolean more) {
        out.append("\nmeasured by\n");
        if (measured.isEmpty()) {
            out.append("└─ nothing that the hub has for this service point and period\n");
        }
        long blocks = measured.stream()
                .filter(used -> used.role() == Used.Role.INTERVAL)
                .count();
        int shown = 0;
        for (int i = 0; i < measured.size(); i++) {
            Used used = measured.get(i);
            if (used.role() == Used.Role.INTERVAL && ++shown > BLOCKS) {
                out.append(more ? "├─ … and " : "└─ … and ")
                        .append(blocks - BLOCKS)
                        .append(" more days; --json names them all\n");
                break;
            }
            used(used, i == measured.size() - 1 && !more);
        }
        out.append(more ? "└─ … and more, which is not told\n" : "");
    }

    private void used(Used used, boolean isLast) {
        out.append(isLast ? "└─ " : "├─ ")
                .append("%-8s  %s  %s".formatted(used.role().name().toLowerCase(Locale.ROOT), used.when(), said(used)))
                .append('\n');
        Came came = used.came();
        String stem = isLast ? "   " : "│  ";
        line(stem, "id", used.id());
        line(
                stem,
                "from",
                came == null
                        ? "the ledger does not reach back so far"
                        : came.place() + ", run " + came.run() + ", "
                                + (came.raw().kept() ? "raw kept" : "raw not kept"));
    }

    private static String said(Used used) {
        if (used.value() == null) {
            return "no value";
        }
        if (used.role() == Used.Role.INTERVAL) {
            return used.value() + " kWh";
        }
        String multiplier = used.multiplier() == null ? "" : " x " + used.multiplier();
        String meter = used.meter() == null ? "" : ", meter " + Urn.key(used.meter());
        return "dial " + used.value() + multiplier + meter + (used.quality() == null ? "" : ", " + used.quality());
    }

    private void impact(Impact impact) {
        boolean isBill = impact.entity().equals("bill");
        out.append(isBill ? "\ncorrected since it was published\n" : "\nbills that used an older value\n");
        int last = impact.effects().size() - 1;
        for (int i = 0; i <= last; i++) {
            Effect effect = impact.effects().get(i);
            boolean isLast = i == last && !impact.more();
            String stem = isLast ? "   " : "│  ";
            out.append(isLast ? "└─ " : "├─ ")
                    .append(effect.role().name().toLowerCase(Locale.ROOT))
                    .append("  ")
                    .append(effect.was())
                    .append(" → ")
                    .append(effect.is() == null ? "withdrawn" : effect.is())
                    .append(worth(effect))
                    .append('\n');
            line(stem, "at", time(effect.corrected()) + ", the bill was published " + time(effect.published()));
            line(stem, isBill ? "of" : "bill", isBill ? effect.reading() : effect.bill());
            if (effect.rebilled() != null) {
                line(stem, "but", "the bill itself has changed since, " + time(effect.rebilled()));
            }
        }
        out.append(impact.more() ? "└─ … and more\n" : "");
    }

    private static String worth(Effect effect) {
        if (effect.kwh() == null) {
            return "";
        }
        String money = effect.money() == null
                ? ""
                : ", " + signed(effect.money()) + " at " + effect.price()
                        + ("mean".equals(effect.priced()) ? " in the mean" : "");
        return ": " + signed(effect.kwh()) + " kWh" + money;
    }

    private static String signed(String amount) {
        return amount.startsWith("-") ? amount : "+" + amount;
    }

    /** The originals, one after another. */
    static String raw(List<TraceCommand.Original> originals) {
        StringBuilder out = new StringBuilder();
        for (TraceCommand.Original original : originals) {
            out.append("raw of ")
                    .append(original.of())
                    .append(", ")
                    .append(original.place())
                    .append('\n');
            if (original.bytes().isEmpty()) {
                out.append("  not in what the store keeps\n");
            }
            original.bytes()
                    .forEach(text -> out.append("  ").append(printable(text)).append('\n'));
        }
        return out.toString().stripTrailing();
    }

    /** Without what would act on the terminal. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}&&[^\\n\\t]]", "\uFFFD").strip();
    }

    private void line(String stem, String word, String text) {
        out.append(stem).append("%-6s ".formatted(word)).append(text).append('\n');
    }

    private String time(Instant time) {
        return TIME.format(time.atZone(zone));
    }
}
