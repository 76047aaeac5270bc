package isthmus.cli;

import isthmus.audit.AuditTrail;
import isthmus.audit.AuditTrail.Filter;
import isthmus.audit.proof.Entry;
import isthmus.audit.proof.Evidence;
import isthmus.audit.proof.Finding;
import isthmus.audit.proof.Inspection.Report;
import isthmus.audit.proof.Verify;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus audit}: what people had the hub do, and whether anybody has altered what is written of it. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Lists, exports and verifies what people had the hub do; docs/audit.md says what that proves.")
final class AuditCommand {

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists entries, the newest first.")
    int list(
            @Option(names = "--actor", paramLabel = "ACCOUNT", description = "Only what they did.") @Nullable
                    String actor,
            @Option(
                            names = "--action",
                            paramLabel = "ACTION",
                            description = "Only this, repair.different for example; quarantine. for all that begin so.")
                    @Nullable
                    String action,
            @Option(names = "--subject", paramLabel = "SUBJECT", description = "Only what was done to this.") @Nullable
                    String subject,
            @Option(names = "--before", paramLabel = "N", description = "Only entries before this number.") @Nullable
                    Long before,
            @Mixin Limit limit,
            @Mixin Place place,
            @Mixin Voice voice) {
        return place.at(voice, hub -> {
            List<Entry> found = hub.room(AuditTrail.class)
                    .before(before == null ? Long.MAX_VALUE : before, new Filter(actor, action, subject), limit.most());
            Table table = new Table("number", "at", "actor", "action", "subject", "detail");
            found.forEach(entry -> table.row(
                    entry.number(), entry.at(), entry.actor(), entry.action(), entry.subject(), entry.detail()));
            voice.answer(found, found.isEmpty() ? "Nothing of that is in the audit." : table.text());
            return Exit.OK;
        });
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Writes the log, its signed heads and the public keys into a folder, as verify reads them.")
    int export(
            @Parameters(paramLabel = "DIR", description = "Where audit.jsonl and heads.jsonl are written.") Path folder,
            @Mixin Place place,
            @Mixin Voice voice) {
        return place.at(voice, hub -> {
            try {
                long entries = hub.room(AuditTrail.class).export(folder);
                voice.answer(
                        Map.of("folder", folder.toString(), "entries", entries),
                        entries + " entries are in " + folder.resolve(Evidence.LOG) + ".");
                return Exit.OK;
            } catch (IOException full) {
                throw new Refusal(Exit.CANNOT_REACH, "Cannot write into " + folder + ": " + full.getMessage());
            }
        });
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Goes through the whole log and compares it with the heads that were signed over it.",
                "Exit code: 0 when nothing was altered, 1 when something was; each finding names the entry."
            })
    int verify(
            @Option(
                            names = "--from",
                            paramLabel = "PLACE",
                            description = {
                                "A folder, or files, of an export or of the second place; may be said more than once.",
                                "With an audit.jsonl among them nothing else is asked, else the log is the store's"
                                        + " (default: the store, and isthmus.audit.heads)."
                            })
                    @Nullable
                    List<Path> from,
            @Mixin Place place,
            @Mixin Voice voice) {
        if (from != null) {
            Evidence evidence = named(from);
            if (evidence.log().isPresent()) {
                return told(evidence, inspected(evidence), voice);
            }
        }
        return place.at(voice, hub -> {
            Evidence evidence = read(from == null ? List.of(secondPlace(hub)) : from);
            voice.doing("going through the log");
            return told(evidence, hub.room(AuditTrail.class).inspect(evidence), voice);
        });
    }

    private static Path secondPlace(Hub hub) {
        String folder = hub.room(Environment.class).getProperty("isthmus.audit.heads", "data/audit-heads");
        return Home.here().root().resolve(folder);
    }

    /** Whoever names a place believes that something is there. */
    private static Evidence named(List<Path> from) {
        from.stream().filter(place -> !Files.exists(place)).findFirst().ifPresent(absent -> {
            throw new Refusal(Exit.USAGE, "There is no " + absent + ".");
        });
        return read(from);
    }

    private static Evidence read(List<Path> from) {
        try {
            return Evidence.of(from);
        } catch (IOException unreadable) {
            throw new Refusal(Exit.USAGE, "Cannot read the evidence: " + unreadable.getMessage());
        }
    }

    private static Report inspected(Evidence evidence) {
        try {
            return evidence.inspect();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static int told(Evidence evidence, Report report, Voice voice) {
        List<Finding> findings = new ArrayList<>(evidence.torn());
        findings.addAll(report.findings());
        Map<String, Object> document = Map.of(
                "sound",
                findings.isEmpty(),
                "findings",
                findings,
                "entries",
                report.entries(),
                "vouched",
                report.vouched(),
                "heads",
                report.heads(),
                "signers",
                report.signers(),
                "setBack",
                report.setBack(),
                "root",
                HexFormat.of().formatHex(report.root()));
        voice.answer(document, Verify.text(report, findings));
        return findings.isEmpty() ? Exit.OK : Exit.CHECK_FAILED;
    }
}
