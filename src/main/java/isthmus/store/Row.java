package isthmus.store;

import isthmus.model.Fact;
import isthmus.model.Quality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An applied version on its way into the tables: flagged with what only the store can see, then sealed once. */
final class Row {
    final Fact fact;
    final long ordinal;
    final Instant recordedFrom;
    private final List<Quality> quality;
    private byte[] body;

    Row(Fact fact, long ordinal, Instant recordedFrom) {
        this.fact = fact;
        this.ordinal = ordinal;
        this.recordedFrom = recordedFrom;
        this.quality = new ArrayList<>(fact.quality());
        this.body = fact.body();
    }

    void flag(Quality flag) {
        quality.add(flag);
    }

    void seal(ChunkStore.Sealing seal) {
        body = seal.seal(fact.entity(), fact.id(), body);
    }

    List<Quality> quality() {
        return quality;
    }

    byte[] body() {
        return body;
    }
}
