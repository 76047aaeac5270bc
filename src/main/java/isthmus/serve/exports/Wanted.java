package isthmus.serve.exports;

import isthmus.model.Entities;
import isthmus.serve.Refused;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which records an export is to bring.
 *
 * @param silo only those of this system; null for all
 * @param after only those behind this id; empty for all
 * @param deleted true to bring those that were deleted at their source as well
 * @param limit how many at most; null for all
 */
record Wanted(
        String entity,
        @Nullable String silo,
        String after,
        boolean deleted,
        @Nullable Long limit) {
    private static final Pattern SILO = Pattern.compile("[a-z0-9-]{1,24}");
    private static final Pattern ID = Pattern.compile(
            "urn:isthmus:[a-z0-9]{1,16}:[a-z0-9-]{1,24}:([a-z]+):[A-Za-z0-9._~!$&'()*+,;=:@%/-]{1,200}");

    Wanted {
        if (!Entities.ALL.contains(entity)) {
            throw Refused.unknown("no such entity; there are " + String.join(", ", Entities.ALL));
        }
        if (silo != null && !SILO.matcher(silo).matches()) {
            throw Refused.parameter("silo", "the name of a system");
        }
        if (limit != null && limit < 1) {
            throw Refused.parameter("limit", "a whole number from 1");
        }
        var id = ID.matcher(after);
        if (!after.isEmpty() && !(id.matches() && id.group(1).equals(entity))) {
            throw Refused.position("after", "the id of the last record that you have, of this entity");
        }
    }
}
