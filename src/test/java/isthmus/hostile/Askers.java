package isthmus.hostile;

import isthmus.security.Role;
import isthmus.serve.door.Provider;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who asks: nobody, somebody who may ask everything, one role, or a consumer of some entities alone. */
final class Askers {
    static final String EVERYBODY = "everybody";
    static final String NOBODY = "nobody";

    private final Provider provider;
    private final Map<String, String> tokens = new TreeMap<>();

    Askers(Provider provider) {
        this.provider = provider;
    }

    /** The token of an asker, empty for nobody. */
    String token(String who) {
        return tokens.computeIfAbsent(who, this::fresh);
    }

    private String fresh(String who) {
        if (who.equals(NOBODY)) {
            return "";
        }
        if (who.startsWith("consumer of ")) {
            return provider.signed(provider.claims(Role.CONSUMER.word())
                    .subject(who)
                    .claim("isthmus_entities", List.of(who.substring("consumer of ".length()))));
        }
        String[] roles = who.equals(EVERYBODY)
                ? Arrays.stream(Role.values()).map(Role::word).toArray(String[]::new)
                : new String[] {who};
        // Each is counted apart: one who asks too often takes nothing from the others.
        return provider.signed(provider.claims(roles).subject(who));
    }

    /** The token of a role under another name, which is counted apart. */
    String token(String name, Role role) {
        return tokens.computeIfAbsent(
                name, any -> provider.signed(provider.claims(role.word()).subject(name)));
    }
}
