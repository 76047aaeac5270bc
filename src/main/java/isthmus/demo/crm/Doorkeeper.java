package isthmus.demo.crm;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets in who shows a fresh token that nobody has shown before, digested with the password. */
final class Doorkeeper {
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final String user;
    private final String password;
    private final Clock clock;
    private final Map<String, Instant> seen = new LinkedHashMap<>();

    Doorkeeper(String user, String password, Clock clock) {
        this.user = user;
        this.password = password;
        this.clock = clock;
    }

    boolean letsIn(UsernameToken token) {
        return user.equals(token.user()) && isFresh(token.created()) && token.digests(password) && isNew(token.nonce());
    }

    private boolean isFresh(String created) {
        try {
            Duration age = Duration.between(OffsetDateTime.parse(created).toInstant(), clock.instant());
            return age.abs().compareTo(FRESH) <= 0;
        } catch (DateTimeException notATime) {
            return false;
        }
    }

    /** A nonce is remembered for as long as a token that carries it could be fresh: created up to five minutes ahead. */
    private synchronized boolean isNew(String nonce) {
        Instant now = clock.instant();
        Instant forgotten = now.minus(FRESH.multipliedBy(2));
        seen.values().removeIf(at -> at.isBefore(forgotten));
        return seen.putIfAbsent(nonce, now) == null;
    }
}
