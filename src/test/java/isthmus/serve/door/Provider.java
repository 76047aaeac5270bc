package isthmus.serve.door;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import isthmus.security.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity provider as far as a resource server sees it: a discovery document, keys over HTTP, and tokens. */
public final class Provider implements AutoCloseable {
    final RSAKey rsa;
    final ECKey ec;
    final AtomicInteger keysRead = new AtomicInteger();

    private final HttpServer server;

    public Provider() {
        try {
            rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
            ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (JOSEException | IOException fault) {
            throw new IllegalStateException(fault);
        }
        answer(
                "/realm/.well-known/openid-configuration",
                () -> "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"" + address() + "/keys\"}");
        answer("/keys", () -> {
            keysRead.incrementAndGet();
            return new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK())).toString();
        });
        server.start();
    }

    private interface Text {
        String now();
    }

    private void answer(String path, Text text) {
        server.createContext(path, exchange -> {
            byte[] bytes = text.now().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String issuer() {
        return address() + "/realm";
    }

    Map<String, Object> settings() {
        return Map.of("isthmus.security.mode", "oidc", "isthmus.security.issuer", issuer());
    }

    /** All that a good token says; take from it what is to be missing. */
    public JWTClaimsSet.Builder claims(String... roles) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience("isthmus")
                .subject("somebody")
                .claim("realm_access", Map.of("roles", List.of(roles)))
                .claim(Claims.ENTITIES, List.of("*"))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)));
    }

    public String token(Role role) {
        return signed(claims(role.word()));
    }

    public String signed(JWTClaimsSet.Builder claims) {
        return signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").build(), claims, rsa);
    }

    static String signed(JWSHeader header, JWTClaimsSet.Builder claims, RSAKey key) {
        try {
            return signed(header, claims, new RSASSASigner(key));
        } catch (JOSEException fault) {
            throw new IllegalStateException(fault);
        }
    }

    static String signed(JWSHeader header, JWTClaimsSet.Builder claims, ECKey key) {
        try {
            return signed(header, claims, new ECDSASigner(key));
        } catch (JOSEException fault) {
            throw new IllegalStateException(fault);
        }
    }

    static String signed(JWSHeader header, JWTClaimsSet.Builder claims, JWSSigner signer) {
        try {
            SignedJWT token = new SignedJWT(header, claims.build());
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException fault) {
            throw new IllegalStateException(fault);
        }
    }

    static JWSHeader.Builder header(Algorithm algorithm) {
        return new JWSHeader.Builder(JWSAlgorithm.parse(algorithm.getName())).keyID("rsa");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
