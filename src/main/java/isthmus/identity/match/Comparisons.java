package isthmus.identity.match;

import java.util.List;
import java.util.Optional;

/** The comparisons that a configuration can choose from. */
final class Comparisons {
    private static final List<Comparison> ALL = List.of(
            new SameValue("same", false),
            new SameValue("number", true),
            new HanName(),
            new HanAddress(),
            new OrganizationName(),
            new LatinText(),
            new CalendarDay());

    private Comparisons() {}

    static Optional<Comparison> named(String name) {
        return ALL.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    static List<String> names() {
        return ALL.stream().map(Comparison::name).toList();
    }
}
