package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.catalog.CatalogReader;
import isthmus.catalog.ConfigurationFault;
import isthmus.security.Fingerprints;
import isthmus.security.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/** Secrets by reference, in the hub's own settings and in a system's connection. */
class SecretSettingsTest {
    private final Map<String, Object> given = new HashMap<>(Map.of(
            "isthmus.zone", "Asia/Shanghai",
            "isthmus.store.url", "jdbc:postgresql://db/isthmus",
            "isthmus.store.user", "isthmus",
            "isthmus.kafka", "kafka:9092",
            "isthmus.hmac.key", "x",
            "server.address", "127.0.0.1",
            "isthmus.routes", "routes",
            "isthmus.config", "config"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    @BeforeEach
    void keepASecret() throws IOException {
        given.put("isthmus.home", home.toString());
        Vault.of(home, name -> null).set("store", "from the keystore: {}");
        Files.writeString(home.resolve("mounted"), "from a file\n");
    }

    @Test
    void areFetchedWhereverASettingRefersToThem() throws IOException {
        given.put("isthmus.reconcile.webhook.secret", "${file:" + home.resolve("mounted") + "}");
        StandardEnvironment environment =
                environment("isthmus:\n  org: yj\n  store:\n    password: ${keystore:store}\n");

        assertThat(environment.getProperty("isthmus.store.password")).isEqualTo("from the keystore: {}");
        assertThat(environment.getProperty("isthmus.reconcile.webhook.secret")).isEqualTo("from a file");
        assertThat(new SettingsCheck(environment).faults(home)).isEmpty();
    }

    @Test
    void thatAreMissingAreToldWithFileAndLine() throws IOException {
        given.put("isthmus.feed.tls.password", "${keystore:nobody}");
        StandardEnvironment environment =
                environment("isthmus:\n  org: yj\n  store:\n    password: ${file:/nowhere/x}\n");

        assertThat(new SettingsCheck(environment).faults(home))
                .containsExactlyInAnyOrder(
                        home + "/application.yaml:4: isthmus.store.password: file /nowhere/x is not there:"
                                + " mount the file, or isthmus secret set the name",
                        "environment: isthmus.feed.tls.password: the keystore holds no secret nobody:"
                                + " mount the file, or isthmus secret set the name");
    }

    @Test
    void ofSpringsOwnSettingsAreToldAsWell() throws IOException {
        StandardEnvironment environment =
                environment("isthmus: {org: yj}\nserver:\n  ssl: {key-store-password: '${keystore:tls}'}\n");

        assertThat(new SettingsCheck(environment).faults(home))
                .singleElement()
                .asString()
                .startsWith(
                        home + "/application.yaml:3: server.ssl.key-store-password: the keystore holds no secret tls");
    }

    @Test
    void aReferenceToNothingDoesNotRepeatWhatStandsAroundIt() throws IOException {
        given.put("isthmus.store.password", "hunter2${nobody}");

        assertThat(new SettingsCheck(environment("isthmus: {org: yj}\n")).faults(home))
                .singleElement()
                .asString()
                .contains("refers to something that is not there")
                .doesNotContain("hunter2");
    }

    @Test
    void thatEverybodyKnowsAreRefused() throws IOException {
        given.put("isthmus.store.password", "choose-a-password");
        given.put("isthmus.hmac.key", Fingerprints.NOBODYS);

        given.put("isthmus.store.url", "jdbc:postgresql://db/isthmus");
        assertThat(new SettingsCheck(environment("isthmus: {org: yj}\n")).faults(home))
                .satisfiesExactlyInAnyOrder(
                        fault -> assertThat(fault).contains("isthmus.store.password was not chosen"),
                        fault -> assertThat(fault).contains("isthmus.hmac.key was not chosen"))
                .noneMatch(fault -> fault.contains("choose-a-") || fault.contains(Fingerprints.NOBODYS));

        given.put("isthmus.store.url", "jdbc:postgresql://127.0.0.1:5432/isthmus");
        given.put("isthmus.store.password", "x");
        assertThat(new SettingsCheck(environment("isthmus: {org: yj}\n")).faults(home))
                .as("the demo")
                .isEmpty();
    }

    @Test
    void theStoresAddressHoldsNoneAndLoadsNothing() throws IOException {
        for (String more : List.of("?password=hunter2", "?socketFactory=hunter2", "?preferQueryMode=hunter2")) {
            given.put("isthmus.store.url", "jdbc:postgresql://db/isthmus" + more);

            assertThat(new SettingsCheck(environment("isthmus: {org: yj}\n")).faults(home))
                    .as(more)
                    .singleElement()
                    .asString()
                    .startsWith("environment: isthmus.store.url holds ")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void whereTheKeystoreIsStandsInNoFile() throws IOException {
        assertThat(new SettingsCheck(environment("isthmus:\n  org: yj\n  secrets: {store: x.p12}\n")).faults(home))
                .singleElement()
                .asString()
                .startsWith(home + "/application.yaml:3: isthmus.secrets.store does not stand in a file")
                .contains("ISTHMUS_SECRETS_STORE");
    }

    @Test
    void ofAConnectionAreFetchedAtTheSamePlace() throws Exception {
        Path routes = Routes.with("billing", "\"${BILLING_PASSWORD}\"", "\"${keystore:store}\"");
        given.put("BILLING_URL", "jdbc:mariadb://127.0.0.1:1/x");
        given.put("BILLING_USER", "u");
        StandardEnvironment environment = environment("isthmus: {org: yj}\n");

        assertThat(CatalogReader.only(routes.resolve("billing"), home, SecretSource.in(environment))
                        .system("billing")
                        .connection())
                .containsEntry("password", "from the keystore: {}");

        Vault.of(home, name -> null).drop("store");
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                ConfigurationFault.class,
                                () -> CatalogReader.only(routes.resolve("billing"), home, SecretSource.in(environment)))
                        .faults())
                .singleElement()
                .asString()
                .endsWith("system.yaml:11: the keystore holds no secret store: isthmus secret set store");
    }

    private StandardEnvironment environment(String yaml) throws IOException {
        Path file = home.resolve("application.yaml");
        Files.writeString(file, yaml);
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("given", given));
        new YamlPropertySourceLoader()
                .load("config", new FileSystemResource(file))
                .forEach(environment.getPropertySources()::addLast);
        SecretSource.addTo(environment);
        return environment;
    }
}
