package isthmus.serve.door;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;

/** What a token must say of itself besides being signed: from whom, for us, of whom, and good now. */
final class TokenRules implements OAuth2TokenValidator<Jwt> {
    /** How far the clocks of two machines may be apart. */
    static final Duration SKEW = Duration.ofSeconds(60);

    private final String issuer;
    private final String audience;
    private final Clock clock;

    TokenRules(String issuer, String audience, Clock clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        String fault = fault(token);
        return fault == null
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(BearerTokenErrors.invalidToken(fault));
    }

    private @Nullable String fault(Jwt token) {
        Instant now = clock.instant();
        String subject = token.getSubject();
        if (!issuer.equals(token.getClaimAsString("iss"))) {
            return "the token is of another issuer";
        }
        if (token.getAudience() == null || !token.getAudience().contains(audience)) {
            return "the token is for another audience";
        }
        if (subject == null || subject.isBlank()) {
            return "the token says of nobody that it is theirs";
        }
        if (token.getExpiresAt() == null || !token.getExpiresAt().plus(SKEW).isAfter(now)) {
            return "the token is expired";
        }
        if (isAhead(token.getNotBefore(), now) || isAhead(token.getIssuedAt(), now)) {
            return "the token is of the future";
        }
        return null;
    }

    private static boolean isAhead(@Nullable Instant time, Instant now) {
        return time != null && time.isAfter(now.plus(SKEW));
    }
}
