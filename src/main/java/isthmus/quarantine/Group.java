package isthmus.quarantine;

import isthmus.model.Reason;
import java.time.OffsetDateTime;

/** Pieces of one entity that were refused for one reason, with one of them to look at: the latest. */
public record Group(
        String system,
        String entity,
        Reason reason,
        long count,
        OffsetDateTime firstSeen,
        OffsetDateTime lastSeen,
        long sample,
        String sampleLocator) {}
