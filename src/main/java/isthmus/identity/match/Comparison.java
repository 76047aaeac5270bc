package isthmus.identity.match;

import java.util.List;

/** One way of comparing two values of a field: into levels, from equal to having nothing to do with each other. */
interface Comparison {

    /** As the configuration names it. */
    String name();

    /** The names of the levels, the best first; the last is for all other pairs. */
    List<String> levels();

    /** The form of a value that is compared and kept; empty when there is nothing in it to compare. */
    String prepared(String value);

    /** The level of two prepared values, neither of them empty. */
    int level(String left, String right);

    /** A prepared value as a person is shown it: hidden so far that two can be told apart and nobody is named. */
    String masked(String prepared);

    /** What else than the whole value records may be brought together by. */
    default List<String> parts() {
        return List.of();
    }

    /** The keys of a part of a prepared value; none where the value has no such part. */
    default List<String> keys(String prepared, String part) {
        throw new IllegalArgumentException(name() + " has no " + part);
    }
}
