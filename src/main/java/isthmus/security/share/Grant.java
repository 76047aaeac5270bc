package isthmus.security.share;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a partner may have of an entity's records, and for what.
 *
 * @param purpose that a customer must have consented to
 * @param fields JSON pointers (RFC 6901) without places of lists: a list is gone through
 * @param until not included
 * @param ticket under which it was agreed
 * @param revoked when it was taken back; null while it was not
 */
public record Grant(
        long id,
        String partner,
        String purpose,
        String entity,
        List<String> fields,
        Instant from,
        Instant until,
        String ticket,
        Instant created,
        String createdBy,
        @Nullable Instant revoked) {
    /** Partners are named so; it stands as a silo in the ids that they know. */
    public static final Pattern PARTNER = Pattern.compile("[a-z0-9][a-z0-9-]{0,23}");

    /** Purposes of consents that are about giving data away; others are no ground for a grant. */
    public static final Pattern PURPOSE = Pattern.compile("share[A-Z][A-Za-z0-9]{0,57}");

    public Grant {
        fields = List.copyOf(fields);
    }

    /** {@code good}, {@code early}, {@code expired} or {@code revoked}. */
    public String state(Instant at) {
        if (revoked != null) {
            return "revoked";
        }
        return at.isBefore(from) ? "early" : at.isBefore(until) ? "good" : "expired";
    }
}
