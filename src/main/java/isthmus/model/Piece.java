package isthmus.model;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One record of a legacy system as it came ashore: untouched text by column of its {@link Layout}, child rows by child
 * table, its own bytes, and where it lay.
 *
 * @param values text as decoded, null where the source says NULL; never normalized
 * @param children rows of each child table of the layout, in the order in which they came
 * @param ordinal 1-based: line of the file, ordinal in the page or message
 * @param locator what a person looks it up by: native key, or {@code file:line}
 * @param bytes the original bytes, rendered only when asked for
 * @param refusal why the reader could not cut it into fields, else null
 */
public record Piece(
        @Nullable String[] values,
        List<List<@Nullable String[]>> children,
        long ordinal,
        String locator,
        Supplier<byte[]> bytes,
        Outcome.@Nullable Rejected refusal) {}
