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
    /** By which records tell whose they are. */
    private static final String CUSTOMER = "/customer";

    final Fact fact;
    final long ordinal;
    final Instant recordedFrom;
    private final List<Quality> quality;
    private byte[] body;
    private long @Nullable [] blind;

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

    @Override
    public String entity() {
        return fact.entity();
    }

    @Override
    public String id() {
        return fact.id();
    }

    @Override
    public String owner() {
        return fact.refs().stream()
                .filter(ref -> ref.path().equals(CUSTOMER))
                .map(Fact.Ref::urn)
                .findFirst()
                .orElse(fact.id());
    }

    @Override
    public void seal(byte[] sealed, long @Nullable [] tokens) {
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
