package isthmus.cli;

import isthmus.flow.Reload.Answer;
import isthmus.flow.Reload.Mapping;
import isthmus.flow.Reload.Outcome;
import java.util.stream.Collectors;

/** What a reload did, as a person reads it: one line, and below it one for each fault. */
final class ReloadText {
    private ReloadText() {}

    static String of(Answer answer) {
        StringBuilder out = new StringBuilder(answer.system()).append(": ").append(verdict(answer));
        if (!answer.mappings().isEmpty() && answer.outcome() == Outcome.SWAPPED) {
            out.append("; mapping ")
                    .append(answer.mappings().stream().map(ReloadText::version).collect(Collectors.joining(", ")));
        }
        answer.faults().forEach(fault -> out.append("\n  ").append(fault));
        return out.toString();
    }

    private static String verdict(Answer answer) {
        String routes = Count.of(answer.routes().size(), "route");
        return switch (answer.outcome()) {
            case STARTED -> routes + " started";
            case SWAPPED -> routes + " swapped";
            case STOPPED -> "its folder is gone, its routes are stopped";
            case REFUSED -> "refused, " + goesOn(answer);
            case BUSY -> "not now, the old routes go on";
            case UNKNOWN -> "no such system, neither in the hub nor in routes/";
        };
    }

    private static String goesOn(Answer answer) {
        return answer.routes().isEmpty() ? "nothing was started" : "the old routes go on";
    }

    private static String version(Mapping mapping) {
        if (mapping.before() == null) {
            return mapping.entity() + " " + mapping.after() + " is new";
        }
        if (mapping.after() == null) {
            return mapping.entity() + " " + mapping.before() + " is gone";
        }
        return mapping.before().equals(mapping.after())
                ? mapping.entity() + " changed and is still version " + mapping.after() + " (count it up)"
                : mapping.entity() + " " + mapping.before() + " -> " + mapping.after();
    }

    static int exitCode(Answer answer) {
        return switch (answer.outcome()) {
            case STARTED, SWAPPED, STOPPED -> Exit.OK;
            case REFUSED -> Exit.CHECK_FAILED;
            case BUSY -> Exit.REFUSED;
            case UNKNOWN -> Exit.USAGE;
        };
    }
}
