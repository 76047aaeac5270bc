package isthmus.normalize;

import isthmus.model.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands: its pointer in the record (RFC 6901), and the source column for the hint.
 *
 * @param before the pointer, up to the index inside a list
 * @param after the pointer behind that index; null outside lists
 * @param source column names, never values
 */
record Place(String before, @Nullable String after, String source) {

    /** A column that has no field of its own in the record. */
    static Place column(String name) {
        return new Place("", null, name);
    }

    static Place of(String pointer, String source) {
        return new Place(pointer, null, source);
    }

    Place member(String name, String columns) {
        return after == null
                ? new Place(before + "/" + name, null, columns)
                : new Place(before, after + "/" + name, columns);
    }

    Place item(String columns) {
        return new Place(before, "", columns);
    }

    String pointer(Desk desk) {
        return after == null ? before : before + "/" + desk.index + after;
    }

    Refusal refuse(Reason reason, Desk desk) {
        String pointer = pointer(desk);
        String column = source.isEmpty() ? null : source;
        String field = pointer.isEmpty() ? column : pointer.substring(1);
        return new Refusal(reason, field, source.isEmpty() ? reason.cause() : source + ": " + reason.cause());
    }
}
