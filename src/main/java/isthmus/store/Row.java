package isthmus.store;

import isthmus.model.Fact;
import isthmus.model.Quality;
import isthmus.security.seal.Sealer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An applied version on its way into the tables: flagged with what only the store can see, then sealed once. */
final class Row {
    final Fact fact;
    final long ordinal;
    final Instant recordedFrom;
    private final List<Quality> quality;
    private byte[] body;
    private long @Nullable [] blind;
    private @Nullable Long key;
    private boolean isOfErased;

    /** @param key of the versions before it; null for none */
    Row(Fact fact, long ordinal, Instant recordedFrom, @Nullable Long key) {
        this.fact = fact;
        this.ordinal = ordinal;
        this.recordedFrom = recordedFrom;
        this.quality = new ArrayList<>(fact.quality());
        this.body = fact.body();
        this.key = key;
    }

    void flag(Quality flag) {
        quality.add(flag);
    }

    /** As it is sealed from. */
    Sealer.Clear clear() {
        return new Sealer.Clear(fact.entity(), fact.id(), key, isOfErased, body);
    }

    void take(Sealer.Sealed sealed) {
        key = sealed.key();
        body = sealed.body();
        blind = sealed.blind();
    }

    @Nullable
    Long key() {
        return key;
    }

    /** Whom it names was erased; what it says of that person is not kept. */
    void forget() {
        isOfErased = true;
    }

    /** What a customer is found by; null for nothing. */
    long @Nullable [] blind() {
        return blind;
    }

    List<Quality> quality() {
        return quality;
    }

    byte[] body() {
        return body;
    }
}
