package isthmus.serve.contracts;

import java.net.URI;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/** How people sign in on the page of the addresses: by code and PKCE (RFC 7636), at the identity provider. */
@Component
@ConditionalOnWebApplication
final class SignIn {
    private final String mode;
    private final String issuer;
    private final String client;

    SignIn(
            @Value("${isthmus.security.mode:local}") String mode,
            @Value("${isthmus.security.issuer:}") String issuer,
            @Value("${isthmus.security.client:}") String client) {
        this.mode = mode;
        this.issuer = issuer;
        this.client = client;
    }

    /** By which client; empty where nobody signs in there. */
    Optional<String> client() {
        return mode.equals("oidc") && !client.isBlank() ? Optional.of(client) : Optional.empty();
    }

    /** Where the provider says of itself how it is asked. */
    String discovery() {
        return issuer + "/.well-known/openid-configuration";
    }

    /** The provider as a policy of content names it; empty where nobody signs in. */
    Optional<String> origin() {
        return client().map(known -> {
            URI at = URI.create(issuer);
            return at.getScheme() + "://" + at.getAuthority();
        });
    }
}
