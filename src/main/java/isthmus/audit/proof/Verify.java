package isthmus.audit.proof;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The check as a program of its own: {@code java isthmus.audit.proof.Verify PLACE…}, the places being {@link Evidence}'s. */
public final class Verify {
    private static final int ALTERED = 1;
    private static final int USAGE = 2;

    private Verify() {}

    public static void main(String[] places) {
        System.exit(run(
                Arrays.stream(places).map(Path::of).toList(),
                new PrintStream(System.out, true, StandardCharsets.UTF_8)));
    }

    static int run(List<Path> places, PrintStream out) {
        try {
            Evidence evidence = Evidence.of(places);
            Inspection.Report report = evidence.inspect();
            List<Finding> findings = new ArrayList<>(evidence.torn());
            findings.addAll(report.findings());
            out.println(text(report, findings));
            return findings.isEmpty() ? 0 : ALTERED;
        } catch (IOException unreadable) {
            out.println("Nothing is verified: " + unreadable.getMessage());
            return USAGE;
        }
    }

    /** What was found, in sentences. */
    public static String text(Inspection.Report report, List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        findings.forEach(finding ->
                text.append(finding.kind()).append(": ").append(finding.text()).append('\n'));
        text.append("%d entries; ".formatted(report.entries()));
        if (report.vouched() > 0) {
            text.append("%s for %sthe first %d, signed with %s."
                    .formatted(
                            report.heads() == 1 ? "one head vouches" : report.heads() + " heads vouch",
                            findings.isEmpty() ? "" : "the hashes of ",
                            report.vouched(),
                            String.join(" and ", report.signers())));
        } else {
            text.append("no head vouches for any of them.");
        }
        long young = report.entries() - report.vouched();
        if (findings.isEmpty() && report.vouched() > 0 && young > 0) {
            text.append(
                    " %d came after the last head: nothing but their own hashes vouches for them.".formatted(young));
        }
        report.setBack()
                .forEach(number -> text.append("\nNoted by the hub: its clock was put back before entry ")
                        .append(number)
                        .append('.'));
        return text.append(findings.isEmpty() ? "\nNothing was altered." : "\nThe log was altered.")
                .toString();
    }
}
