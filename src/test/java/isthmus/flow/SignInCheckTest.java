package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Which ways of signing in go with which address. */
class SignInCheckTest {
    private static Map<String, String> faults(String... settings) {
        Map<String, Object> all = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i].startsWith(".") ? "isthmus.security" + settings[i] : settings[i], settings[i + 1]);
        }
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", all));
        return new SignInCheck(environment).faults();
    }

    @Test
    void withoutSignInTheHubListensHereAlone() {
        assertThat(faults("server.address", "127.0.0.1")).isEmpty();
        assertThat(faults("server.address", "localhost")).isEmpty();
        assertThat(faults("server.address", "::1")).isEmpty();
        for (String open : new String[] {"0.0.0.0", "::", "10.1.2.3", "hub.example", "localhost.evil.example", ""}) {
            assertThat(faults("server.address", open)).as(open).containsOnlyKeys("isthmus.security.mode");
        }
        assertThat(faults()).containsOnlyKeys("isthmus.security.mode");
        assertThat(faults("server.address", "127.0.0.1", "management.server.address", "0.0.0.0"))
                .containsOnlyKeys("isthmus.security.mode");
    }

    @Test
    void theDemosTokensOpenNoDoorThatOthersReach() {
        assertThat(faults(".mode", "demo", ".demo.key", "k", "server.address", "127.0.0.1"))
                .isEmpty();
        assertThat(faults(".mode", "demo", ".demo.key", "k", "server.address", "0.0.0.0"))
                .containsOnlyKeys("isthmus.security.mode");
        assertThat(faults(".mode", "demo", "server.address", "127.0.0.1"))
                .containsOnlyKeys("isthmus.security.demo.key");
    }

    @Test
    void aProviderIsNamedAndAskedWhereNobodyListensIn() {
        assertThat(faults(".mode", "oidc", ".issuer", "https://login.example/realm", "server.address", "0.0.0.0"))
                .isEmpty();
        assertThat(faults(".mode", "oidc", ".issuer", "http://127.0.0.1:9/realm"))
                .isEmpty();
        assertThat(faults(".mode", "oidc")).containsOnlyKeys("isthmus.security.issuer");
        assertThat(faults(".mode", "oidc", ".issuer", "https://login.example/realm", ".audience", ""))
                .containsOnlyKeys("isthmus.security.audience");
        assertThat(faults(".mode", "oidc", ".issuer", "http://login.example/realm"))
                .containsOnlyKeys("isthmus.security.issuer");
        assertThat(faults(".mode", "oidc", ".issuer", "https://login.example/", ".jwks", "file:///etc/passwd"))
                .containsOnlyKeys("isthmus.security.jwks");
        assertThat(faults(".mode", "oidc", ".issuer", "http://login.example/realm", ".cleartext", "true"))
                .isEmpty();
    }
}
