package isthmus.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
    private static final String KEY = "isthmus-demo-hmac-key-not-for-production";

    private static Fingerprints with(String key) {
        return new Fingerprints(Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void fingerprintsContentAndIdentifiersUnderItsKey() {
        byte[] content = "{\"id\":\"x\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(with(KEY).contentHash(content))
                .isEqualTo("hmac:h1:26a8f125456486adb4a034f318334293d474ded4ddac9c7334e93ff150e3be5f");
        assertThat(with(KEY).identifier("cnResidentId", "11010519491231002X")).isEqualTo("h1:UThDaqfbwATWveLJ8piUuQ");
        assertThat(with(KEY + "2").contentHash(content)).isNotEqualTo(with(KEY).contentHash(content));
    }

    @Test
    void answersManyThreadsTheSame() {
        Fingerprints fingerprints = with(KEY);

        List<String> hashes = IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(i -> fingerprints.contentHash(("record " + i % 10).getBytes(StandardCharsets.UTF_8)))
                .distinct()
                .toList();

        assertThat(hashes).hasSize(10);
    }

    @Test
    void refusesAnUnusableKeyWithoutRepeatingIt() {
        assertThatThrownBy(() -> new Fingerprints("c2hvcnQ=")).hasMessage("the HMAC key is shorter than 32 bytes");
        assertThatThrownBy(() -> new Fingerprints("not base64!")).hasMessage("the HMAC key is not base64");
    }
}
