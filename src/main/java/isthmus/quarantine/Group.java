package isthmus.quarantine;

import java.time.OffsetDateTime;

/**
 * Pieces of one entity that were refused for one reason, with one of them to look at: the latest.
 *
 * @param reason code as printed
 * @param sample id of the latest
 */
public record Group(
        String system,
        String entity,
        String reason,
        long count,
        OffsetDateTime firstSeen,
        OffsetDateTime lastSeen,
        long sample,
        String sampleLocator) {}
