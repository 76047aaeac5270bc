package isthmus.store;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.store.ApplyRule.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplyRuleTest {

    @ParameterizedTest(name = "{0} {1} against {2} {3} is {4}")
    @CsvSource({
        "20261102-2, sha256:b, 20261102-1, sha256:a, APPLIED",
        "20261102-2, sha256:a, 20261102-1, sha256:b, APPLIED",
        "20261102-2, sha256:a, 20261102-1, sha256:a, ADVANCED",
        "20261102-1, sha256:a, 20261102-1, sha256:a, DUPLICATE",
        "20261102-1, sha256:b, 20261102-1, sha256:a, CONFLICT_WON",
        "20261102-1, sha256:a, 20261102-1, sha256:b, CONFLICT_LOST",
        "20261102-1, sha256:b, 20261102-2, sha256:a, STALE",
        "20261102-1, sha256:a, 20261102-2, sha256:a, STALE",
        "20261102-1~r000007, sha256:a, 20261102-1, sha256:b, APPLIED",
        "20261102-1, sha256:b, 20261102-1~r000007, sha256:a, STALE",
        "20261102-1~r000007, sha256:b, 20261102-1~d000007, sha256:a, APPLIED",
        "20261102-2, sha256:b, 20261102-1~r000007, sha256:a, APPLIED"
    })
    void theGreaterSequenceStandsAndThenTheGreaterHash(
            String sequence, String hash, String heldSequence, String heldHash, Verdict verdict) {
        assertThat(ApplyRule.decide(heldSequence, heldHash, sequence, hash)).isEqualTo(verdict);
    }
}
