package isthmus.serve.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;

/** To the second, which a running service cannot be asked. */
class TokenRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private final TokenRules rules = new TokenRules("us", "isthmus", Clock.fixed(NOW, ZoneOffset.UTC));

    private static Jwt.Builder token() {
        return Jwt.withTokenValue("x")
                .header("alg", "RS256")
                .issuer("us")
                .audience(List.of("isthmus"))
                .subject("somebody")
                .issuedAt(NOW)
                .expiresAt(NOW.plusSeconds(600));
    }

    private boolean isGood(Jwt.Builder token) {
        return !rules.validate(token.build()).hasErrors();
    }

    @Test
    void sixtySecondsOfSkewAreForgivenAndSixtyOneAreNot() {
        assertThat(isGood(token())).isTrue();
        assertThat(isGood(token().issuedAt(NOW.minusSeconds(600)).expiresAt(NOW.minusSeconds(59))))
                .isTrue();
        assertThat(isGood(token().issuedAt(NOW.minusSeconds(600)).expiresAt(NOW.minusSeconds(60))))
                .isFalse();
        assertThat(isGood(token().issuedAt(NOW.minusSeconds(600)).expiresAt(NOW.minusSeconds(61))))
                .isFalse();
        assertThat(isGood(token().notBefore(NOW.plusSeconds(60)))).isTrue();
        assertThat(isGood(token().notBefore(NOW.plusSeconds(61)))).isFalse();
        assertThat(isGood(token().issuedAt(NOW.plusSeconds(60)))).isTrue();
        assertThat(isGood(token().issuedAt(NOW.plusSeconds(61)))).isFalse();
    }

    @Test
    void issuerAudienceAndSubjectAreLookedAtAsTheyAreWritten() {
        assertThat(isGood(token().issuer("US"))).isFalse();
        assertThat(isGood(token().issuer("us "))).isFalse();
        assertThat(isGood(token().audience(List.of("isthmus2")))).isFalse();
        assertThat(isGood(token().audience(List.of()))).isFalse();
        assertThat(isGood(token().subject(" "))).isFalse();
        assertThat(isGood(token().claims(claims -> claims.remove("exp")))).isFalse();
    }
}
