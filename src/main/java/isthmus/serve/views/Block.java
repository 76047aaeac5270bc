package isthmus.serve.views;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.model.Urn;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What sums and gaps need of a stored interval block (model.md 5.5). */
@JsonIgnoreProperties(ignoreUnknown = true)
record Block(
        String id,
        String series,
        ReadingType readingType,
        String unit,
        String multiplierApplied,
        int scale,
        String start,
        String localDate,
        String intervalLength,
        int expected,
        List<@Nullable Long> values,
        String defaultQuality,
        List<Run> quality) {
    private static final ObjectMapper JSON = new ObjectMapper();

    @JsonIgnoreProperties(ignoreUnknown = true)
    record ReadingType(String quantity, String flow, String accumulation) {}

    /** A stretch whose quality is not the default one. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Run(int at, int n, String flag) {}

    /** What may be added up: what two systems tell of one point are copies, and sums of anything else would mean nothing. */
    record Kind(
            String system,
            String quantity,
            String flow,
            String accumulation,
            String unit,
            String series,
            String multiplier) {}

    static Block of(byte[] body) {
        try {
            return JSON.readValue(body, Block.class);
        } catch (IOException damaged) {
            throw new IllegalStateException("a stored block that is none", damaged);
        }
    }

    Kind kind() {
        return new Kind(
                Urn.silo(id),
                readingType.quantity(),
                readingType.flow(),
                readingType.accumulation(),
                unit,
                series,
                multiplierApplied);
    }

    LocalDate day() {
        return LocalDate.parse(localDate);
    }

    OffsetDateTime begins() {
        return OffsetDateTime.parse(start);
    }

    Duration length() {
        return Duration.parse(intervalLength);
    }

    /** Which intervals are estimated, whether or not they have a value. */
    BitSet estimated() {
        BitSet estimated = new BitSet(values.size());
        estimated.set(0, values.size(), isEstimate(defaultQuality));
        quality.forEach(run -> estimated.set(run.at(), run.at() + run.n(), isEstimate(run.flag())));
        return estimated;
    }

    private static boolean isEstimate(String flag) {
        return flag.equals("estimated");
    }
}
