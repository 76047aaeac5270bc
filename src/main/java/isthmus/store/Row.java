package isthmus.store;

import isthmus.model.Fact;
import isthmus.model.Quality;
import isthmus.security.seal.Sealer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An applied version on its way into the tables: flagged with what only the store can see, then sealed once. */
final class Row implements Sealer.Sealable {

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

    @Override
    public String entity() {
        return fact.entity();
    }

    @Override
    public String id() {
        return fact.id();
    }

    @Override
    public @Nullable Long key() {
        return key;
    }

    @Override
    public boolean isOfErased() {
        return isOfErased;
    }

    /** Whom it names was erased; what it says of that person is not kept. */
    void forget() {
        isOfErased = true;
    }

    @Override
    public void seal(long with, byte[] sealed, long @Nullable [] tokens) {
        key = with;
        body = sealed;
        blind = tokens;
    }

    /** What a customer is found by; null for nothing. */
    long @Nullable [] blind() {
        return blind;
    }

    List<Quality> quality() {
        return quality;
    }

    @Override
    public byte[] body() {
        return body;
    }
}
