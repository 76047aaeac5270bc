package isthmus.serve.nights;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param limit how many it may hold, which can be fewer than were asked for
 * @param next what {@code after} has to be for the part behind it; null for the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Page<T>(List<T> items, int limit, @Nullable String next) {

    /** @param more one more than the page holds, where there is a next one */
    static <A, T> Page<T> of(List<A> more, int limit, Function<A, T> said, Function<A, String> position) {
        boolean isLast = more.size() <= limit;
        List<A> some = isLast ? more : more.subList(0, limit);
        return new Page<>(
                some.stream().map(said).toList(), limit, isLast ? null : position.apply(some.get(some.size() - 1)));
    }
}
