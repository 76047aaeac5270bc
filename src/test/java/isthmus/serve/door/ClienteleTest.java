package isthmus.serve.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import isthmus.audit.Audit;
import isthmus.serve.Service;
import isthmus.store.Store;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** By what name a question counts, and what becomes of it when nobody can say. */
class ClienteleTest {
    private final Store store = Store.fresh();

    private String key(String name) {
        return new ApiKeys(store.source, new Audit(store.source, store.clock), store.clock)
                .create(name, Set.of("feed:read"), Set.of("bill"), null, Duration.ofDays(1), "clerk")
                .key();
    }

    @Test
    void oneKeySpendsNothingOfAnothersAtTheSameAddress() throws Exception {
        try (Provider provider = new Provider()) {
            Map<String, Object> settings = new HashMap<>(provider.settings());
            settings.put("isthmus.serve.rate", 1);
            settings.put("isthmus.serve.burst", 20);
            try (Service service = Service.over(store, settings, Map.of())) {
                String greedy = key("greedy");
                String modest = key("modest");
                assertThat(ask(service, greedy).statusCode()).isEqualTo(200);
                assertThat(ask(service, modest).statusCode()).isEqualTo(200);

                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> ask(service, greedy).statusCode() == 429);

                assertThat(ask(service, modest).statusCode()).isEqualTo(200);
                assertThat(service.get("/api/v1/bill").statusCode()).isEqualTo(401);
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> ask(service, "isk_0000000000000000_" + "x".repeat(43))
                                        .statusCode()
                                == 429);
                assertThat(ask(service, modest).statusCode())
                        .as("who tries out keys spends the address's, not a key's")
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void withoutTheProviderKeysAndWhatWasSeenGoOn() throws Exception {
        Provider provider = new Provider();
        Map<String, Object> settings = new HashMap<>(provider.settings());
        String token = provider.signed(provider.claims("consumer"));
        String later = provider.signed(provider.claims("consumer").subject("later"));
        try (Service service = Service.over(store, settings, Map.of())) {
            assertThat(ask(service, token).statusCode()).isEqualTo(200);
            provider.close();

            assertThat(ask(service, token).statusCode()).isEqualTo(200);
            assertThat(ask(service, later).statusCode())
                    .as("by the keys that were read")
                    .isEqualTo(200);
        }
        try (Service service = Service.over(store, settings, Map.of())) {
            HttpResponse<String> refused = ask(service, token);

            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.body()).contains("API-SIGN-IN-AWAY");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(ask(service, key("portal")).statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> ask(Service service, String token) throws Exception {
        return service.get("/api/v1/bill", "Authorization", "Bearer " + token);
    }
}
