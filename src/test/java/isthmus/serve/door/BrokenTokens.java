package isthmus.serve.door;

import static isthmus.serve.door.Provider.header;
import static isthmus.serve.door.Provider.signed;
import static java.util.Map.entry;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Fixture 43 of trust.md: every way in which a token of a provider can be wrong, by its name. */
public final class BrokenTokens {
    private final Provider provider;

    private BrokenTokens(Provider provider) {
        this.provider = provider;
    }

    public static Map<String, String> of(Provider provider) {
        try {
            RSAKey strangers = new RSAKeyGenerator(2048).keyID("rsa").generate();
            Map<String, String> tokens = new LinkedHashMap<>();
            new BrokenTokens(provider).all(strangers).forEach(token -> tokens.put(token.getKey(), token.getValue()));
            return tokens;
        } catch (JOSEException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private JWTClaimsSet.Builder good() {
        return provider.claims("consumer");
    }

    private static Date in(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static String json(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Stream<Map.Entry<String, String>> all(RSAKey strangers) throws JOSEException {
        String whole = provider.signed(good());
        String[] parts = whole.split("\\.");
        return Stream.of(
                entry(
                        "expired 61 s ago",
                        provider.signed(good().issueTime(in(-600)).expirationTime(in(-61)))),
                entry("without an end", provider.signed(good().expirationTime(null))),
                entry("not before 75 s from now", provider.signed(good().notBeforeTime(in(75)))),
                entry("issued 75 s from now", provider.signed(good().issueTime(in(75)))),
                entry("wrong aud", provider.signed(good().audience("somebody-elses"))),
                entry("no aud", provider.signed(good().audience((String) null))),
                entry("wrong iss", provider.signed(good().issuer(provider.issuer() + "/"))),
                entry("no iss", provider.signed(good().issuer(null))),
                entry("no sub", provider.signed(good().subject(null))),
                entry("alg none", new PlainJWT(good().build()).serialize()),
                entry(
                        "alg none, with a signature",
                        json("{\"alg\":\"none\",\"kid\":\"rsa\"}") + "." + parts[1] + "." + parts[2]),
                entry(
                        "HS256 with the public key as PEM",
                        signed(
                                header(JWSAlgorithm.HS256).build(),
                                good(),
                                new MACSigner(("-----BEGIN PUBLIC KEY-----\n"
                                                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                                        .encodeToString(provider.rsa
                                                                .toPublicKey()
                                                                .getEncoded())
                                                + "\n-----END PUBLIC KEY-----\n")
                                        .getBytes(StandardCharsets.US_ASCII)))),
                entry(
                        "HS256 with the public key as bytes",
                        signed(
                                header(JWSAlgorithm.HS256).build(),
                                good(),
                                new MACSigner(provider.rsa.toPublicKey().getEncoded()))),
                entry("RS512", signed(header(JWSAlgorithm.RS512).build(), good(), provider.rsa)),
                entry(
                        "another key of the same kid",
                        signed(header(JWSAlgorithm.RS256).build(), good(), strangers)),
                entry(
                        "a kid that is a path",
                        signed(
                                header(JWSAlgorithm.HS256)
                                        .keyID("../../../../../../dev/null")
                                        .build(),
                                good(),
                                new MACSigner(new byte[32]))),
                entry(
                        "a kid that is a statement",
                        signed(
                                header(JWSAlgorithm.RS256)
                                        .keyID("x' union select 'k")
                                        .build(),
                                good(),
                                strangers)),
                entry(
                        "a key that it brings itself",
                        signed(
                                header(JWSAlgorithm.RS256)
                                        .jwk(strangers.toPublicJWK())
                                        .build(),
                                good(),
                                strangers)),
                entry(
                        "a place of keys of its own",
                        signed(
                                header(JWSAlgorithm.RS256)
                                        .jwkURL(URI.create("http://127.0.0.1:9/keys"))
                                        .build(),
                                good(),
                                strangers)),
                entry(
                        "typed as something else",
                        signed(
                                header(JWSAlgorithm.RS256)
                                        .type(new JOSEObjectType("logout+jwt"))
                                        .build(),
                                good(),
                                provider.rsa)),
                entry(
                        "a crit that nobody knows",
                        signed(
                                header(JWSAlgorithm.RS256)
                                        .criticalParams(java.util.Set.of("x"))
                                        .customParam("x", 1)
                                        .build(),
                                good(),
                                provider.rsa)),
                entry(
                        "other claims than signed",
                        parts[0] + "." + json(good().subject("root").build().toString()) + "." + parts[2]),
                entry("no signature", parts[0] + "." + parts[1] + "."),
                entry("cut", whole.substring(0, whole.length() - 9)),
                entry("garbage", "garbage"),
                entry("dots", "..."),
                entry("a key that nobody has given out", KeyText.fresh().whole()),
                entry("a key without its secret", "isk_0123456789abcdef_"));
    }
}
