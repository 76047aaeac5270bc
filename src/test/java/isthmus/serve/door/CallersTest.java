package isthmus.serve.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.security.Role;
import isthmus.serve.Reads;
import isthmus.serve.Service;
import isthmus.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** What is remembered of a token, and for how long. */
@NullUnmarked
class CallersTest {
    private static final Instant BEGIN = Instant.parse("2026-11-30T12:00:00Z");

    private static Service service;

    private final AtomicInteger checks = new AtomicInteger();
    private Instant now = BEGIN;
    private Instant end = BEGIN.plusSeconds(600);

    @BeforeAll
    static void start() {
        service = Service.over(Store.fresh());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private final Callers callers = new Callers(
            this::checked, new Claims("realm_access.roles"), new KeyRing(service.room(Reads.class)), new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            });

    private Jwt checked(String token) {
        checks.incrementAndGet();
        if (!end.plus(TokenRules.SKEW).isAfter(now)) {
            throw new BadJwtException("expired");
        }
        return Jwt.withTokenValue(token)
                .header("alg", "RS256")
                .subject(token)
                .claim("realm_access", Map.of("roles", List.of("consumer")))
                .claim(Claims.ENTITIES, List.of("bill"))
                .issuedAt(BEGIN)
                .expiresAt(end)
                .build();
    }

    private SignedIn ask(String token) {
        return (SignedIn) callers.authenticate(new BearerTokenAuthenticationToken(token));
    }

    @Test
    void aSignatureIsCheckedOnceAndAgainWhenItWasLongAgo() {
        assertThat(ask("a").caller().scopes()).isEqualTo(Role.CONSUMER.scopes());
        assertThat(ask("a").caller().entities()).isEqualTo(Set.of("bill"));
        assertThat(checks).hasValue(1);

        now = now.plus(Callers.TOKEN_IS_KNOWN_FOR).minusSeconds(1);
        ask("a");
        assertThat(checks).hasValue(1);

        now = now.plusSeconds(1);
        ask("a");
        assertThat(checks).hasValue(2);
    }

    @Test
    void whatIsRememberedIsNeverGoodForLongerThanTheTokenIs() {
        end = BEGIN.plusSeconds(10);
        ask("short");

        now = end.plus(TokenRules.SKEW);

        assertThatThrownBy(() -> ask("short")).isInstanceOf(OAuth2AuthenticationException.class);
    }

    @Test
    void whatIsRefusedIsNotRemembered() {
        end = BEGIN.minus(Duration.ofHours(1));
        assertThatThrownBy(() -> ask("old")).isInstanceOf(OAuth2AuthenticationException.class);

        assertThat(callers.known()).isZero();
    }

    @Test
    void theTableIsBounded() {
        for (int i = 0; i < 10_100; i++) {
            ask("t" + i);
        }

        assertThat(callers.known()).isEqualTo(10_000);
    }
}
