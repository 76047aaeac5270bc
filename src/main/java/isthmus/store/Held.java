package isthmus.store;

import isthmus.model.Fact;
import isthmus.model.Op;
import isthmus.model.Quality;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the store knows of a subject before the next version is judged.
 *
 * @param key under which its versions are sealed; null for none
 * @param isErased whether it is of a person who was erased: no version is ever newer than that
 * @param block what merging needs; null for all other entities and for tombstones
 */
record Held(
        String sequence,
        boolean deleted,
        String contentHash,
        String keyHash,
        String rowHash,
        Instant recordedFrom,
        @Nullable Long key,
        boolean isErased,
        @Nullable BlockState block) {

    /** The parts of a stored block that a merge goes on from. */
    record BlockState(
            byte[] body,
            @Nullable String positions,
            OffsetDateTime time,
            String partitionKey,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validTo,
            List<Quality> quality) {}

    static Held of(Fact fact, @Nullable String positions, Instant recordedFrom, @Nullable Long key) {
        boolean deleted = fact.op() == Op.DELETE;
        BlockState block = BlockMerge.governs(fact.entity()) && !deleted
                ? new BlockState(
                        fact.body(),
                        positions,
                        fact.time(),
                        fact.partitionKey(),
                        fact.validFrom(),
                        fact.validTo(),
                        fact.quality())
                : null;
        return new Held(
                fact.sequence(),
                deleted,
                fact.contentHash(),
                fact.keyHash(),
                fact.rowHash(),
                recordedFrom,
                key,
                false,
                block);
    }

    Held advanced(String newSequence, String newKeyHash, String newRowHash) {
        return new Held(newSequence, deleted, contentHash, newKeyHash, newRowHash, recordedFrom, key, isErased, block);
    }

    @Nullable
    String positions() {
        return block == null ? null : block.positions();
    }
}
