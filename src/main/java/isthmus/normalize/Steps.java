package isthmus.normalize;

import isthmus.normalize.Structures.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the intervals of one day onto the desk, and fills the fields of an interval block from there (model.md 5.5). */
interface Steps {

    /** Reads the record's values; throws {@link Refusal} when they make no day. */
    void read(@Nullable String[] row, Desk desk);

    /** The fields that it fills, the sum of active energy left in the given place on the desk. */
    List<Member> members(int sumSlot);
}
