package isthmus.serve.door;

import static isthmus.serve.door.Provider.header;
import static isthmus.serve.door.Provider.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import isthmus.serve.Service;
import isthmus.serve.Wire;
import isthmus.store.Cargo;
import isthmus.store.Store;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Fixture 43 of trust.md: every way in which a token can be wrong is told as 401, and one that is right beside it opens. */
class BrokenTokensTest {
    private static final Provider PROVIDER = new Provider();

    private static Service service;
    private static String bill;
    private static RSAKey strangers;

    @BeforeAll
    static void start() throws Exception {
        strangers = new RSAKeyGenerator(2048).keyID("rsa").generate();
        service = Service.over(Store.fresh(), PROVIDER.settings(), java.util.Map.of());
        service.store.chunks.commit(Cargo.chunk(1, Cargo.bill("310/202610/1", 1, "12.00")));
        bill = "/api/v1/bill/" + Service.encoded(Cargo.urn("bill", "310/202610/1"));
    }

    @AfterAll
    static void stop() {
        service.close();
        PROVIDER.close();
    }

    private static JWTClaimsSet.Builder good() {
        return PROVIDER.claims("consumer");
    }

    private static Date in(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    static Stream<Arguments> whole() {
        return Stream.of(
                Arguments.of("RS256", PROVIDER.signed(good())),
                Arguments.of("PS256", signed(header(JWSAlgorithm.PS256).build(), good(), PROVIDER.rsa)),
                Arguments.of(
                        "ES256",
                        signed(
                                new JWSHeader.Builder(JWSAlgorithm.ES256)
                                        .keyID("ec")
                                        .build(),
                                good(),
                                PROVIDER.ec)),
                Arguments.of(
                        "typed at+jwt",
                        signed(
                                header(JWSAlgorithm.RS256)
                                        .type(new JOSEObjectType("at+jwt"))
                                        .build(),
                                good(),
                                PROVIDER.rsa)),
                Arguments.of(
                        "expired half a minute ago",
                        PROVIDER.signed(good().issueTime(in(-600)).expirationTime(in(-30)))),
                Arguments.of(
                        "of half a minute ahead",
                        PROVIDER.signed(good().notBeforeTime(in(30)).issueTime(in(30)))),
                Arguments.of("one audience of several", PROVIDER.signed(good().audience(List.of("others", "isthmus")))),
                Arguments.of("a scope alone", PROVIDER.signed(PROVIDER.claims().claim("scope", "openid feed:read"))));
    }

    static Stream<Arguments> broken() {
        return BrokenTokens.of(PROVIDER).entrySet().stream()
                .map(token -> Arguments.of(token.getKey(), token.getValue()));
    }

    private static String json(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whole")
    void oneThatIsRightOpens(String name, String token) throws Exception {
        assertThat(service.get(bill, "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void oneThatIsWrongIsRefused(String name, String token) throws Exception {
        HttpResponse<String> answer = service.get(bill, "Authorization", "Bearer " + token);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":\"API-TOKEN\"").doesNotContain("12.00");
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer realm=\"isthmus\", error=\"invalid_token\"");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        if (token.length() > 20) {
            assertThat(answer.body()).doesNotContain(token);
        }
    }

    @Test
    void nobodyIsAskedWhoHeIs() throws Exception {
        HttpResponse<String> answer = service.get(bill);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":\"API-NOBODY\"");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"isthmus\"");
    }

    @Test
    void aTokenInAnAddressIsRefusedEvenBesideOneInAHeader() throws Exception {
        String token = PROVIDER.signed(good());
        List<Integer> statuses = new ArrayList<>();
        for (String name : List.of("access_token", "ACCESS_TOKEN", "token", "api_key", "apikey", "consumer")) {
            statuses.add(service.get(bill + "?" + name + "=" + token).statusCode());
            statuses.add(service.get(bill + "?" + name + "=" + token, "Authorization", "Bearer " + token)
                    .statusCode());
        }

        assertThat(statuses).containsOnly(401);
    }

    @Test
    void aTokenThatIsSentInAnotherWayIsRefused() throws Exception {
        String token = PROVIDER.signed(good());
        String two = "GET " + bill + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

        assertThat(service.get(bill, "Authorization", "Basic " + json("operator:operator"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(service.get(bill, "Authorization", "Bearer").statusCode()).isEqualTo(401);
        assertThat(service.get(bill, "X-Api-Key", token).statusCode()).isEqualTo(401);
        assertThat(Wire.status(
                        service.address(),
                        two + "Authorization: Bearer " + token + "\r\nAuthorization: Bearer " + token + "\r\n\r\n"))
                .isEqualTo("401");
        assertThat(Wire.status(service.address(), two + "Cookie: access_token=" + token + "\r\n\r\n"))
                .isEqualTo("401");
    }

    @Test
    void kidsThatAreMadeUpDoNotHaveTheKeysReadAgainAndAgain() throws Exception {
        service.get(bill, "Authorization", "Bearer " + PROVIDER.signed(good()));
        int before = PROVIDER.keysRead.get();
        for (int i = 0; i < 50; i++) {
            String made = signed(header(JWSAlgorithm.RS256).keyID("k" + i).build(), good(), strangers);
            assertThat(service.get(bill, "Authorization", "Bearer " + made).statusCode())
                    .isEqualTo(401);
        }

        assertThat(PROVIDER.keysRead.get() - before).isLessThanOrEqualTo(2);
    }
}
