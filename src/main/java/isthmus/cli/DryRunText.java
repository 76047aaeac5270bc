package isthmus.cli;

import isthmus.cli.DryRun.Entity;
import isthmus.cli.DryRun.Report;

/** A dry run as a person reads it: what would be new first, then what is refused, then what looks odd. */
final class DryRunText {
    private static final int CHANGES = 10;
    private static final int FIELDS = 12;

    private final StringBuilder out = new StringBuilder();

    private DryRunText() {}

    static String of(Report report) {
        DryRunText text = new DryRunText();
        text.line(Count.of(report.read(), "piece") + " of " + report.system() + "." + report.pull()
                + "; nothing was published, no cursor and no file was moved");
        report.entities().forEach((name, entity) -> text.entity(name, entity, report.compared()));
        if (!report.unmappedCodes().isEmpty()) {
            Table table = new Table("unmapped code", "times");
            report.unmappedCodes().forEach(table::row);
            text.block(table.text());
        }
        if (!report.suspectedMojibake().isEmpty()) {
            Table table = new Table("looks wrongly decoded", "values");
            report.suspectedMojibake().forEach(table::row);
            text.block(table.text());
        }
        report.missingKeys().forEach(key -> text.line("no piece has the key " + key));
        return text.out.toString().stripTrailing();
    }

    private void entity(String name, Entity entity, boolean compared) {
        long refused = entity.rejected.values().stream()
                .mapToLong(DryRun.Refused::count)
                .sum();
        String against = compared
                ? ": %,d new, %,d changed, %,d unchanged, %,d older than what is published, %,d deleted"
                        .formatted(entity.fresh, entity.changed, entity.unchanged, entity.stale, entity.deleted)
                : "; not compared, the store is not configured here";
        line("");
        line("%s: %,d accepted, %,d rejected%s".formatted(name, entity.accepted, refused, against));
        if (!entity.records.isEmpty()) {
            line("");
            line(entity.records.get(0).toPrettyString());
        }
        if (!entity.rejected.isEmpty()) {
            Table table = new Table("rejected as", "pieces", "expected", "for example");
            entity.rejected.forEach((reason, all) -> table.row(reason, all.count(), all.hint(), all.where()));
            block(table.text());
        }
        if (!entity.flags.isEmpty()) {
            Table table = new Table("published with the flag", "records");
            entity.flags.forEach(table::row);
            block(table.text());
        }
        entity.changes.entrySet().stream().limit(CHANGES).forEach(change -> {
            line("");
            line("changed " + change.getKey());
            change.getValue().stream().limit(FIELDS).forEach(field -> line("  " + field));
        });
        if (entity.changes.size() > CHANGES) {
            line("… and " + Count.of(entity.changes.size() - CHANGES, "changed record") + " more; see --json");
        }
    }

    private void block(String text) {
        line("");
        line(text);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
