package isthmus.catalog;

import isthmus.catalog.FieldSpec.CodeTable;
import isthmus.catalog.FieldSpec.KeyPart;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entity's mapping as written in {@code <entity>.mapping.yaml}, checked against the pull's columns.
 *
 * @param file the file's name, for messages
 * @param entity the canonical entity
 * @param pull the pull whose rows it reads
 * @param version counted up by whoever changes the mapping
 * @param id what the record's key is made of
 * @param partition path of the reference whose aggregate keeps the order; null for the record's own id
 * @param personal true when the content hash must be keyed
 * @param valid paths of the dates from and to which the record holds; empty, one or two
 * @param money path of the additive amount
 * @param energy path of the additive energy
 * @param require text that columns must hold, else the piece is refused
 * @param oneOf columns of which at least one must hold something
 * @param allOf columns of which each must hold something
 */
public record MappingSpec(
        String file,
        String entity,
        String pull,
        String version,
        List<KeyPart> id,
        Changed changed,
        @Nullable String partition,
        boolean personal,
        List<String> valid,
        @Nullable String money,
        @Nullable String energy,
        Map<String, String> require,
        List<String> oneOf,
        List<String> allOf,
        @Nullable DeletedWhen deletedWhen,
        @Nullable Curve curve,
        @Nullable Points points,
        List<FieldSpec> fields,
        List<Check> checks) {

    /**
     * Where the change time stands.
     *
     * @param column null when the whole came with one time: a file, an extraction
     * @param ordinal true when the place in the whole breaks ties
     */
    public record Changed(@Nullable String column, boolean ordinal) {}

    /** The column that says that the record is gone, and its two values. */
    public record DeletedWhen(String column, String yes, String no) {}

    /**
     * A wide row of interval energies of one local day (model.md 4.3 no. 5).
     *
     * @param points the value columns in the order of time
     * @param firstPoint start of the first column's interval
     * @param scale power of ten of the published integers
     * @param missing number that means no value
     * @param wholeFlag column with one character a point, and the one that says present
     * @param flag column with the quality of the whole row
     */
    public record Curve(
            String date,
            List<String> points,
            LocalTime firstPoint,
            Duration interval,
            int scale,
            @Nullable String missing,
            @Nullable String wholeFlag,
            char present,
            @Nullable String flag,
            @Nullable CodeTable flags) {}

    /**
     * Rows of one local day, each a value at a time or position, that become an interval block.
     *
     * @param rows the child table
     * @param day column of the local day
     * @param time row column of an interval's start; null when rows have a position
     * @param until row column of its end, checked against the interval's length
     * @param position row column of the interval's number in the day, from 1; null when rows have a time
     * @param snap true when a time off the grid is taken for the interval that it lies in, and flagged; else it is refused
     * @param scale power of ten of the published integers
     * @param power column of the power of ten that the source's values are multiplied by
     * @param unit columns of the unit, of which the first that holds something counts; or one unit by name
     * @param units for each column, what its codes mean; empty when the unit is named
     */
    public record Points(
            String rows,
            String day,
            @Nullable String time,
            @Nullable String until,
            @Nullable String position,
            boolean snap,
            Interval interval,
            String value,
            int scale,
            @Nullable String power,
            List<String> unit,
            List<CodeTable> units,
            @Nullable String quality,
            @Nullable CodeTable qualities,
            @Nullable String method,
            @Nullable CodeTable methods) {}

    /** How long an interval is: a column in the form {@code iso}, {@code minutes} or {@code seconds}, or always the same. */
    public record Interval(
            @Nullable String column, @Nullable Duration fixed, String form) {}

    /**
     * An identity of the record that is flagged when it does not hold.
     *
     * @param factors paths whose product, or the one path whose sum over its list, must equal the target
     * @param within the difference that is allowed
     * @param flag name of the reason
     */
    public record Check(boolean sum, List<String> factors, String equal, String within, String flag) {}
}
