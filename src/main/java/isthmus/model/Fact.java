package isthmus.model;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record said in the canonical model, ready for the apply rule.
 *
 * @param id the record's URN (model.md 2.1)
 * @param sequence the source's version (model.md 3.2), compared as bytes
 * @param time when it became true in the source
 * @param partitionKey URN of the aggregate whose order is kept
 * @param body RFC 8785 canonical UTF-8 bytes of the record
 * @param contentHash {@code sha256:…} or {@code hmac:h1:…} of the body (model.md 3.1)
 * @param keyHash hex MD5 of the native key text (model.md 9.3)
 * @param rowHash hex MD5 of the source row in contract order (model.md 9.3)
 * @param refs URNs that the record refers to
 * @param money the additive amount for control totals, else null
 * @param energy the additive kWh for control totals, else null
 */
public record Fact(
        String id,
        String entity,
        Op op,
        String sequence,
        OffsetDateTime time,
        String partitionKey,
        byte[] body,
        String contentHash,
        String keyHash,
        String rowHash,
        List<Ref> refs,
        List<Quality> quality,
        @Nullable LocalDate validFrom,
        @Nullable LocalDate validTo,
        @Nullable BigDecimal money,
        @Nullable BigDecimal energy) {

    /** The same as another version of the record. */
    public Fact at(String otherSequence) {
        return new Fact(
                id,
                entity,
                op,
                otherSequence,
                time,
                partitionKey,
                body,
                contentHash,
                keyHash,
                rowHash,
                refs,
                quality,
                validFrom,
                validTo,
                money,
                energy);
    }

    /** A reference of a record: where it stands in the record, and the URN of what it points to. */
    public record Ref(String path, String urn) {}
}
