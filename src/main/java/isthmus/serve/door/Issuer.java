package isthmus.serve.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.Set;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/**
 * Checks what an identity provider has signed. Keys come from its JWKS alone, whatever a token says of where its key is to
 * be found, and only signatures count that nobody can make with a public key.
 */
final class Issuer {
    private static final Set<JWSAlgorithm> SIGNATURES =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);
    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int LARGEST = 64 << 10;
    private static final Duration KEYS_ARE_GOOD_FOR = Duration.ofMinutes(5);
    private static final Duration KEYS_COME_WITHIN = Duration.ofSeconds(15);

    /** A key that is not known has the JWKS read again, so often at most: whoever makes ids of keys up pays for nobody. */
    private static final Duration KEYS_ARE_READ_EVERY = Duration.ofSeconds(30);

    private static final Duration LAST_KEYS_ARE_GOOD_FOR = Duration.ofHours(1);

    private Issuer() {}

    /**
     * Of an identity provider; it is asked when the first token comes, so that a hub starts without it.
     *
     * @param jwks where its keys are; empty for where its discovery document says
     */
    static JwtDecoder at(String issuer, String jwks, TokenRules rules) {
        return new SupplierJwtDecoder(() -> {
            URI keys = jwks.isBlank() ? discovered(issuer) : URI.create(jwks);
            return of(keys(url(keys)), rules);
        });
    }

    static JwtDecoder of(JWKSource<SecurityContext> keys, TokenRules rules) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(SIGNATURES, keys));
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS_TOKEN, null));
        // What a token says is the rules' matter.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(rules);
        return decoder;
    }

    private static JWKSource<SecurityContext> keys(URL jwks) {
        return JWKSourceBuilder.<SecurityContext>create(jwks, retriever())
                .cache(KEYS_ARE_GOOD_FOR.toMillis(), KEYS_COME_WITHIN.toMillis())
                .rateLimited(KEYS_ARE_READ_EVERY.toMillis())
                .outageTolerant(LAST_KEYS_ARE_GOOD_FOR.toMillis())
                .build();
    }

    private static DefaultResourceRetriever retriever() {
        return new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, LARGEST);
    }

    private static URI discovered(String issuer) {
        URI document = URI.create(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration");
        try {
            JsonNode told = new ObjectMapper()
                    .readTree(retriever().retrieveResource(url(document)).getContent());
            if (!issuer.equals(told.path("issuer").asText())) {
                throw new IllegalStateException("the discovery document is of another issuer");
            }
            return URI.create(told.path("jwks_uri").asText());
        } catch (IOException away) {
            throw new IllegalStateException("the identity provider does not answer", away);
        }
    }

    private static URL url(URI uri) {
        try {
            return uri.toURL();
        } catch (IOException unreadable) {
            throw new IllegalStateException("not an address", unreadable);
        }
    }
}
