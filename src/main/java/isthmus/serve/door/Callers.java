package isthmus.serve.door;

import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import isthmus.security.Caller;
import isthmus.serve.WhoAsks;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Whose a token or an API key is. What was checked is remembered by its hash for a while, so that a question costs no
 * signature and no way to the store; the table is bounded, and who has not asked for longest is checked again.
 */
final class Callers implements AuthenticationManager, WhoAsks {
    /** How long a revoked key may still be let in. */
    static final Duration KEY_IS_KNOWN_FOR = Duration.ofSeconds(5);

    /** How long a token may whose signer was taken back. */
    static final Duration TOKEN_IS_KNOWN_FOR = Duration.ofMinutes(5);

    private static final int MOST = 10_000;

    private final Presented presented = new Presented();
    private final JwtDecoder tokens;
    private final Claims claims;
    private final KeyRing keys;
    private final Clock clock;
    private final Map<ByteBuffer, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Known> eldest) {
            return size() > MOST;
        }
    };

    /** @param tokens throws {@link JwtException} for what it cannot look at, and the kind Bad for what is wrong */
    Callers(JwtDecoder tokens, Claims claims, KeyRing keys, Clock clock) {
        this.tokens = tokens;
        this.claims = claims;
        this.keys = keys;
        this.clock = clock;
    }

    private record Known(Caller caller, Instant until) {}

    @Override
    public Authentication authenticate(Authentication bearer) {
        String token = ((BearerTokenAuthenticationToken) bearer).getToken();
        ByteBuffer hash = hash(token);
        Instant now = clock.instant();
        Known met = met(hash);
        if (met == null || !met.until().isAfter(now)) {
            met = token.startsWith(KeyText.MARK) ? key(token, now) : token(token, now);
            remember(hash, met);
        }
        return new SignedIn(met.caller());
    }

    @Override
    public String client(HttpServletRequest request) {
        try {
            String token = presented.resolve(request);
            Known met = token == null ? null : met(hash(token));
            return met == null ? request.getRemoteAddr() : met.caller().name();
        } catch (OAuth2AuthenticationException malformed) {
            return request.getRemoteAddr();
        }
    }

    private Known key(String token, Instant now) {
        KeyRing.Found found =
                keys.find(token).orElseThrow(() -> refused("the API key was never given out, or was revoked"));
        if (!found.expires().isAfter(now)) {
            throw refused("the API key is expired");
        }
        return new Known(found.caller(), sooner(found.expires(), now.plus(KEY_IS_KNOWN_FOR)));
    }

    private Known token(String token, Instant now) {
        try {
            Jwt read = tokens.decode(token);
            Instant end = Objects.requireNonNull(read.getExpiresAt()).plus(TokenRules.SKEW);
            return new Known(claims.caller(read), sooner(end, now.plus(TOKEN_IS_KNOWN_FOR)));
        } catch (JwtValidationException rule) {
            throw refused(rule.getErrors().iterator().next().getDescription());
        } catch (BadJwtException bad) {
            throw refused("not a token that the identity provider has signed");
        } catch (JwtException | JwtDecoderInitializationException away) {
            throw isOfAnUnknownKey(away)
                    ? refused("not a token that the identity provider has signed")
                    : new SignInAway(away);
        }
    }

    /** The keys were read a moment ago and are not read again for a key that may be made up. */
    private static boolean isOfAnUnknownKey(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof RateLimitReachedException) {
                return true;
            }
        }
        return false;
    }

    private static Instant sooner(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static OAuth2AuthenticationException refused(String why) {
        return new OAuth2AuthenticationException(BearerTokenErrors.invalidToken(why));
    }

    private static ByteBuffer hash(String token) {
        return ByteBuffer.wrap(KeyText.sha256(token));
    }

    private @Nullable Known met(ByteBuffer hash) {
        synchronized (known) {
            return known.get(hash);
        }
    }

    private void remember(ByteBuffer hash, Known met) {
        synchronized (known) {
            known.put(hash, met);
        }
    }

    int known() {
        synchronized (known) {
            return known.size();
        }
    }
}
