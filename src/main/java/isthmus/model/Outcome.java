package isthmus.model;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a mapping made of a piece: a fact, or the reason why there is none. */
public sealed interface Outcome {

    <R> R fold(Function<Accepted, R> accepted, Function<Rejected, R> rejected);

    /** The piece was understood. */
    record Accepted(Fact fact) implements Outcome {
        @Override
        public <R> R fold(Function<Accepted, R> accepted, Function<Rejected, R> rejected) {
            return accepted.apply(this);
        }
    }

    /**
     * The piece was not understood and goes to quarantine with its bytes.
     *
     * @param field the source column or canonical path at fault, or null for the whole piece
     * @param hint what was expected, without any personal value
     */
    record Rejected(Reason reason, @Nullable String field, String hint) implements Outcome {
        @Override
        public <R> R fold(Function<Accepted, R> accepted, Function<Rejected, R> rejected) {
            return rejected.apply(this);
        }
    }
}
