package isthmus.cli;

import isthmus.contract.Contracts.Agreed;
import isthmus.contract.Contracts.Standing;
import isthmus.contract.Drift.Change;
import java.util.List;
import java.util.stream.Collectors;

/** How the source objects stand, for people: a table, and under it a diff for each that differs. */
final class ContractText {
    private ContractText() {}

    static String of(List<Standing> standings) {
        Table table = new Table("system", "pull", "agreed", "by", "because", "now");
        standings.forEach(standing -> {
            Agreed agreed = standing.agreed();
            table.row(
                    standing.system(),
                    standing.pull(),
                    agreed == null ? "never" : agreed.at().toLocalDate(),
                    agreed == null ? "" : agreed.by(),
                    agreed == null ? "" : agreed.reason(),
                    verdict(standing));
        });
        return table.text() + diffs(standings);
    }

    static String agreed(List<Standing> accepted) {
        return "agreed to" + diffs(accepted);
    }

    private static String diffs(List<Standing> standings) {
        return standings.stream()
                .filter(standing -> !standing.drift().isNone())
                .map(standing -> "\n\n" + standing.system() + "." + standing.pull() + "\n"
                        + standing.drift().changes().stream()
                                .map(ContractText::lines)
                                .collect(Collectors.joining("\n")))
                .collect(Collectors.joining());
    }

    private static String lines(Change change) {
        String diff = "  " + String.join("\n  ", change.lines());
        return diff + (change.breaking() ? "   the pull reads it" : "");
    }

    private static String verdict(Standing standing) {
        if (standing.unknown() != null) {
            return standing.unknown();
        }
        if (standing.agreed() == null || standing.now() == null) {
            return "never seen";
        }
        if (standing.drift().isNone()) {
            return "as agreed";
        }
        return standing.drift().isBreaking() ? "breaking" : "more, or wider";
    }
}
