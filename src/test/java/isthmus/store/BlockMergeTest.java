package isthmus.store;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Fact;
import isthmus.model.Op;
import isthmus.store.Judgement.Fate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BlockMergeTest {
    private final Judgement judgement = new Judgement(Map.of(), Instant.EPOCH);

    @Test
    void fillsGapsWithoutErasingAndReadsLikeAWholeDay() {
        judge(Blocks.piece("1", 1, 1000, null, 3000, null), Fate.APPLIED);
        judge(Blocks.piece("1", 2, null, 2000, null, 4000), Fate.APPLIED);

        assertThat(body()).isEqualTo(text(Blocks.piece("1", 9, 1000, 2000, 3000, 4000)));
        assertThat(standing().sequence()).isEqualTo(Cargo.sequence(2) + "~m000001");
        assertThat(standing().positions())
                .isEqualTo("%1$s*1,%2$s*1,%1$s*1,%2$s*1".formatted(Cargo.sequence(1), Cargo.sequence(2)));
        assertThat(newest().quality()).isEmpty();
        assertThat(newest().energy()).isEqualByComparingTo("10");
    }

    @Test
    void anOlderPieceFillsOnlyWhatIsMissing() {
        judge(Blocks.piece("1", 5, 1000, null), Fate.APPLIED);
        judge(Blocks.piece("1", 3, 7000, 8000), Fate.APPLIED);

        assertThat(body()).isEqualTo(text(Blocks.piece("1", 9, 1000, 8000)));
        assertThat(standing().sequence()).isEqualTo(Cargo.sequence(5) + "~m000001");
    }

    @Test
    void aBlockThatCameWholeHasThePlainSequence() {
        judge(Blocks.piece("1", 1, 1000, 2000), Fate.APPLIED);

        assertThat(standing().sequence()).isEqualTo(Cargo.sequence(1));
        assertThat(standing().positions()).isNull();
    }

    @Test
    void theSameValuesLaterTellNothingButStandAgainstWhatLiesBetween() {
        judge(Blocks.piece("1", 1, 1000, 2000), Fate.APPLIED);
        judge(Blocks.piece("1", 3, 1000, 2000), Fate.UNCHANGED);
        judge(Blocks.piece("1", 2, 7000, 7000), Fate.UNCHANGED);

        assertThat(body()).isEqualTo(text(Blocks.piece("1", 9, 1000, 2000)));
        assertThat(standing().sequence()).isEqualTo(Cargo.sequence(3));
    }

    @Test
    void onlyAWithdrawalErases() {
        judge(Blocks.piece("1", 1, 1000, 2000), Fate.APPLIED);
        judge(Blocks.piece("1", 2, null, 2000), Fate.UNCHANGED);
        judge(Blocks.flagged("1", 3, "withdrawn", -3, null, 2000), Fate.APPLIED);
        judge(Blocks.piece("1", 2, 5000, 2000), Fate.UNCHANGED);

        assertThat(body()).isEqualTo(text(Blocks.flagged("1", 9, "withdrawn", -3, null, 2000)));
    }

    @Test
    void qualityGoesWithItsValue() {
        judge(Blocks.flagged("1", 1, "estimated", -3, 1000, null, 3000), Fate.APPLIED);
        judge(Blocks.flagged("1", 2, "edited", -3, null, null, 3000), Fate.APPLIED);

        assertThat(body())
                .contains("\"quality\":[{\"at\":0,\"flag\":\"estimated\",\"n\":1},"
                        + "{\"at\":1,\"cim\":\"2.5.259\",\"flag\":\"missing\",\"n\":1},"
                        + "{\"at\":2,\"flag\":\"edited\",\"n\":1}]");
    }

    @Test
    void bringsPiecesToTheFinerScale() {
        judge(Blocks.flagged("1", 1, "actual", -1, 10, null), Fate.APPLIED);
        judge(Blocks.flagged("1", 2, "actual", -3, null, 2345), Fate.APPLIED);

        assertThat(body()).isEqualTo(text(Blocks.flagged("1", 9, "actual", -3, 1000, 2345)));
    }

    @Test
    void refusesPiecesOfOtherStepsAndValuesOutOfRange() {
        judge(Blocks.piece("1", 1, 1000, 2000), Fate.APPLIED);
        judge(Blocks.piece("1", 2, 1000, 2000, 3000), Fate.REFUSED);
        Fact huge = withValue(Blocks.flagged("2", 1, "actual", 3, 1, null), "[1,", "[9000000000000000,");
        judge(huge, Fate.APPLIED);
        judge(Blocks.flagged("2", 2, "actual", -6, null, 5), Fate.REFUSED);
    }

    private static Fact withValue(Fact fact, String from, String to) {
        byte[] body = text(fact).replace(from, to).getBytes(StandardCharsets.UTF_8);
        return new Fact(
                fact.id(),
                fact.entity(),
                Op.UPSERT,
                fact.sequence(),
                fact.time(),
                fact.partitionKey(),
                body,
                Cargo.hash(body),
                fact.keyHash(),
                fact.rowHash(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null);
    }

    private void judge(Fact fact, Fate fate) {
        assertThat(judgement.judge(fact, 1)).isEqualTo(fate);
    }

    private Held standing() {
        return Objects.requireNonNull(
                judgement.slots().values().iterator().next().standing());
    }

    private Fact newest() {
        return judgement.applied().get(judgement.applied().size() - 1).fact;
    }

    private String body() {
        return new String(Objects.requireNonNull(standing().block()).body(), StandardCharsets.UTF_8);
    }

    private static String text(Fact fact) {
        return new String(fact.body(), StandardCharsets.UTF_8);
    }
}
