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
     * @param keyHash hex MD5 of the native key text, or null where the piece has none (model.md 9.3)
     * @param rowHash hex MD5 of the source row in contract order, or null
     */
    record Rejected(
            Reason reason,
            @Nullable String field,
            String hint,
            @Nullable String keyHash,
            @Nullable String rowHash) implements Outcome {

        /** Of a piece that could not be cut into columns. */
        public Rejected(Reason reason, @Nullable String field, String hint) {
            this(reason, field, hint, null, null);
        }

        /** The same, with the hashes of its row, by which the night knows it. */
        public Rejected printed(String key, String row) {
            return new Rejected(reason, field, hint, key, row);
        }

        @Override
        public <R> R fold(Function<Accepted, R> accepted, Function<Rejected, R> rejected) {
            return rejected.apply(this);
        }
    }
}
