package isthmus.serve.door;

import isthmus.security.Caller;
import isthmus.security.Role;
import isthmus.security.Scope;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Who a token makes of its bearer. Scopes and roles that are not ours give nothing.
 *
 * @param roles the claim that lists the roles, dots leading into it
 */
record Claims(String roles) {
    static final String ENTITIES = "isthmus_entities";
    static final String PARTNER = "isthmus_partner";

    Caller caller(Jwt token) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        Set<String> entities = new HashSet<>(words(token.getClaim(ENTITIES)));
        words(token.getClaim("scope")).forEach(word -> scopes.addAll(Scope.of(word)));
        words(token.getClaim("scp")).forEach(word -> scopes.addAll(Scope.of(word)));
        boolean isSaid = !entities.isEmpty();
        words(inside(token.getClaims(), roles)).stream()
                .flatMap(word -> Role.of(word).stream())
                .forEach(role -> {
                    scopes.addAll(role.scopes());
                    if (role.isForEveryEntity() && !isSaid) {
                        entities.add(Caller.EVERY);
                    }
                });
        return new Caller(token.getSubject(), label(token), scopes, entities, partner(token));
    }

    /** Whatever stands there makes its bearer a partner: of one that cannot be, nothing is granted. */
    private static @Nullable String partner(Jwt token) {
        Object claim = token.getClaim(PARTNER);
        return claim == null ? null : claim.toString();
    }

    /** The program rather than the person, where the token names it. */
    private static String label(Jwt token) {
        for (String claim : new String[] {"azp", "client_id"}) {
            if (token.getClaim(claim) instanceof String program && !program.isBlank()) {
                return program;
            }
        }
        return token.getSubject();
    }

    private static @Nullable Object inside(Map<String, Object> claims, String path) {
        Object at = claims;
        for (String name : path.split("\\.")) {
            at = at instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return at;
    }

    private static Collection<String> words(@Nullable Object claim) {
        if (claim instanceof String text) {
            return Arrays.asList(text.strip().split("\\s+"));
        }
        return claim instanceof Collection<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : Set.of();
    }
}
