package isthmus.contract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a source object differs from what was agreed, the worst first. */
public record Drift(List<Change> changes) {
    static final Drift NONE = new Drift(List.of());

    public Drift {
        changes = List.copyOf(changes);
    }

    /**
     * One term that is not what it was.
     *
     * @param before null when it was added
     * @param after null when it was removed
     * @param breaking true when the pull reads it and cannot rely on it any more
     */
    public record Change(@Nullable Term before, @Nullable Term after, boolean breaking) {

        /** One or two lines of a diff. */
        public List<String> lines() {
            return Stream.concat(
                            Stream.ofNullable(before).map(term -> "- " + term.text()),
                            Stream.ofNullable(after).map(term -> "+ " + term.text()))
                    .toList();
        }
    }

    /** @param read the names that the pull needs; of the others none breaks anything */
    static Drift between(Contract agreed, Contract now, Set<String> read) {
        Map<String, Term> before = agreed.byName();
        Map<String, Term> after = now.byName();
        List<Change> changes = new ArrayList<>();
        before.forEach((name, term) -> {
            Term today = after.get(name);
            if (today == null) {
                changes.add(new Change(term, null, read.contains(name)));
            } else if (!today.isSameAs(term)) {
                changes.add(new Change(term, today, read.contains(name) && !today.holdsAllOf(term)));
            }
        });
        after.forEach((name, term) -> {
            if (!before.containsKey(name)) {
                changes.add(new Change(null, term, false));
            }
        });
        changes.sort(Comparator.comparing(change -> !change.breaking()));
        return new Drift(changes);
    }

    public boolean isBreaking() {
        return changes.stream().anyMatch(Change::breaking);
    }

    public boolean isNone() {
        return changes.isEmpty();
    }

    /** The diff in one line, for a log. */
    public String text() {
        return changes.stream().flatMap(change -> change.lines().stream()).collect(Collectors.joining(", "));
    }
}
