package isthmus.serve.lineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a record came from.
 *
 * @param versions the newest first
 * @param more true when there are older versions than these
 * @param mapping what the fields are told by, and whether the newest version was said by it
 * @param fields of the newest version; empty when it is deleted, or when nobody maps its entity any more
 * @param measured of a bill: the readings and blocks that its period uses
 * @param moreMeasured true when it uses more than these, or may
 * @param impact of a bill, a reading or a block: what corrections mean for bills
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Trace(
        String id,
        String entity,
        List<Version> versions,
        boolean more,
        Mapping mapping,
        List<Field> fields,
        @Nullable List<Used> measured,
        boolean moreMeasured,
        @Nullable Impact impact) {

    /**
     * The mapping that is loaded.
     *
     * @param loaded {@code silo-entity@version}; null when none is
     * @param same whether the newest version was said by it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Mapping(@Nullable String loaded, boolean same, String says) {
        static Mapping of(@Nullable String loaded, String said) {
            if (loaded == null) {
                return new Mapping(null, false, "no mapping of this entity is loaded; the record was said by " + said);
            }
            return loaded.equals(said)
                    ? new Mapping(loaded, true, "the record was said by the mapping that is loaded")
                    : new Mapping(
                            loaded,
                            false,
                            "the fields are those of " + loaded + ", which is loaded; the record was said by " + said);
        }
    }
}
