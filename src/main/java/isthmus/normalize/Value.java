package isthmus.normalize;

import org.jspecify.annotations.Nullable;

/** One operation of a compiled mapping: writes a field's canonical JSON. */
interface Value {
    /**
     * Writes the value, or answers false when the source has none; what was written then is taken back by the caller.
     *
     * @throws Refusal when the source's value cannot be said in the model
     */
    boolean write(@Nullable String[] row, Desk desk);
}
