package isthmus.serve.lineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import isthmus.serve.lineage.Used.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What corrections of readings and blocks mean for bills that were published before: of a reading all bills that used an
 * older value, of a bill all values that were corrected since.
 *
 * @param more true when there are more effects than these, or may be: a bill uses more than was looked at, or too many bills
 *     may use a reading
 */
public record Impact(String id, String entity, List<Effect> effects, boolean more) {

    /**
     * One correction, and one bill that used the old value.
     *
     * @param published when the hub first knew the bill
     * @param rebilled when the bill itself changed after the correction; null when it never did
     * @param reading the reading or block
     * @param corrected when the hub recorded the new value
     * @param was the old value: the dial's, or the day's energy
     * @param is the new one; null when it was withdrawn
     * @param kwh by how much the bill's energy would be greater; null when the new value is not known
     * @param price of a kWh on the bill
     * @param priced {@code only} when the bill has one price of energy, {@code mean} of several
     * @param money by how much the bill would be greater, rounded half up
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Effect(
            String bill,
            Instant published,
            @Nullable Instant rebilled,
            String reading,
            Role role,
            Instant corrected,
            @Nullable String was,
            @Nullable String is,
            @Nullable String kwh,
            @Nullable String price,
            @Nullable String priced,
            @Nullable String money) {}
}
