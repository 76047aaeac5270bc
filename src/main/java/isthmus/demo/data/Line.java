package isthmus.demo.data;

import isthmus.demo.truth.Row;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * A detail line of a metering file.
 *
 * @param control what it adds to the trailer's sum, in units of the last place
 * @param damage fault that makes the line unreadable as a whole, so that it is rejected before any reading
 * @param row the line by column name, where it is not a curve
 * @param raw bytes that no text stands for
 */
record Line(
        String text,
        long control,
        @Nullable Fault fault,
        boolean damage,
        @Nullable Row row,
        byte @Nullable [] raw) {
    static final Charset CHARSET = Charset.forName("GB18030");

    static Line of(String text, long control) {
        return new Line(text, control, null, false, null, null);
    }

    static Line of(String text, long control, Row row) {
        return new Line(text, control, null, false, row, null);
    }

    Line with(Fault planted) {
        return new Line(text, control, planted, damage, row, raw);
    }

    static Line damaged(String text, Fault fault) {
        return new Line(text, 0, fault, true, null, null);
    }

    static Line damaged(byte[] raw, Fault fault) {
        return new Line("", 0, fault, true, null, raw);
    }

    byte[] bytes() {
        return raw == null ? text.getBytes(CHARSET) : raw;
    }
}
