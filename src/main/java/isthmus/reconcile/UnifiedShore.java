package isthmus.reconcile;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the store holds, in any order and streamed. */
interface UnifiedShore {

    void records(String silo, String entity, Consumer<Held> each);

    /** Those of some key hashes; they may be more, never fewer. */
    default void of(String silo, String entity, Set<Key> keys, Consumer<Held> each) {
        records(silo, entity, each);
    }

    void quarantined(String system, String entity, Consumer<Shelved> each);

    /**
     * A record of the store, tombstones included; amounts are those of its control totals.
     *
     * @param keyHash MD5 of the native key, which is the locator wherever a system shows each record once
     * @param intervals the values of an interval block, else null
     * @param day as {@link Sighting#day}
     */
    record Held(
            String id,
            boolean deleted,
            Instant time,
            UUID keyHash,
            String contentHash,
            @Nullable BigDecimal money,
            @Nullable BigDecimal energy,
            @Nullable Intervals intervals,
            int day) {

        /** What stands in the place of the content hash of a person who was erased. */
        static final String ERASED = "erased";

        /** Whether it is of a person who was erased: that the source still shows it is no gap. */
        boolean isErased() {
            return deleted && contentHash.equals(ERASED);
        }

        Key content() {
            return intervals == null ? Key.of(contentHash) : intervals.content();
        }
    }

    /** A quarantined piece; it waits, also when it was dropped, until it is released or another version was understood. */
    record Shelved(String locator, boolean waits) {}
}
