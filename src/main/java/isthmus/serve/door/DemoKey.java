package isthmus.serve.door;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import isthmus.security.Caller;
import isthmus.security.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Stands in for an identity provider where there is none, on one machine: a user for each role, and tokens for them. */
public final class DemoKey {
    static final String ISSUER = "isthmus:demo";
    static final String AUDIENCE = "isthmus";

    /** Where the roles stand in a token, as an identity provider of the usual kind has them. */
    static final String ROLES = "realm_access.roles";

    private static final Duration LIFE = Duration.ofHours(12);

    private final ECKey key;

    private DemoKey(ECKey key) {
        this.key = key;
    }

    /** The key of a file that only its owner can read; made when there is none. */
    public static DemoKey in(Path file) {
        try {
            if (!Files.exists(file)) {
                String fresh = new ECKeyGenerator(Curve.P_256)
                        .keyIDFromThumbprint(true)
                        .generate()
                        .toJSONString();
                Path made = Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(made, fresh, StandardOpenOption.TRUNCATE_EXISTING);
            }
            return new DemoKey(ECKey.parse(Files.readString(file)));
        } catch (IOException fault) {
            throw new UncheckedIOException("the demo's key cannot be read or written: " + file, fault);
        } catch (ParseException | JOSEException unreadable) {
            throw new IllegalStateException(file + " is no key of a demo", unreadable);
        }
    }

    /** A token of the demo's user of this role, who may see every entity that the role may see. */
    public String token(Role role, Instant now) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("demo-" + role.word())
                .claim("realm_access", Map.of("roles", List.of(role.word())))
                .claim(Claims.ENTITIES, List.of(Caller.EVERY))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build();
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException fault) {
            throw new IllegalStateException("the demo's key cannot sign", fault);
        }
    }

    JwtDecoder decoder(TokenRules rules) {
        return Issuer.of(new ImmutableJWKSet<>(new JWKSet(key.toPublicJWK())), rules);
    }
}
