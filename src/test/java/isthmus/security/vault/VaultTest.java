package isthmus.security.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.security.vault.Vault.Held;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class VaultTest {
    private static final String SECRET = "hünter 2 户 = \"x\" \\";

    private final Map<String, String> settings = new HashMap<>();

    @TempDir
    Path home;

    private Vault vault() {
        return Vault.of(home, settings::get);
    }

    @Test
    void keepsASecretOfAnyTextUnderItsNameAndTellsTheTimeOnly() {
        vault().set("billing.password", SECRET);
        vault().set("store", "another");

        assertThat(vault().value("billing.password")).isEqualTo(SECRET);
        assertThat(vault().value("nobody")).isNull();
        assertThat(vault().all()).extracting(Held::name).containsExactly("billing.password", "store");
        assertThat(vault().all())
                .allSatisfy(held -> assertThat(held.since())
                        .isCloseTo(
                                Instant.now(),
                                Assertions.within(
                                        Duration.ofMinutes(1).toMillis(), java.time.temporal.ChronoUnit.MILLIS)));
        assertThat(vault().all().toString()).doesNotContain("hünter");
    }

    @Test
    void nobodyElseMayReadItsFilesAndTheyHoldNothingInClear() throws IOException {
        vault().set("store", "hunter2-in-clear");

        for (String name : new String[] {"data/secrets.p12", "data/secrets.key"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(name))))
                    .endsWith("------");
            assertThat(Files.readString(home.resolve(name), StandardCharsets.ISO_8859_1))
                    .doesNotContain("hunter2");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("data/secrets.key"))))
                .isEqualTo("r--------");
        try (Stream<Path> files = Files.list(home.resolve("data"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void isAPlainKeystoreThatAnyToolOpensAndHoldsNoOldCipher() throws Exception {
        settings.put("isthmus.secrets.password", "open sesame");
        vault().set("store", SECRET);

        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(home.resolve("data/secrets.p12"))) {
            keys.load(in, "open sesame".toCharArray());
        }
        assertThat(new String(keys.getKey("store", "open sesame".toCharArray()).getEncoded(), StandardCharsets.UTF_8))
                .isEqualTo(SECRET);
        // The object identifiers of PBES2 and AES-256-CBC; those of RC2 and triple DES begin otherwise.
        String bytes = Files.readString(home.resolve("data/secrets.p12"), StandardCharsets.ISO_8859_1);
        assertThat(bytes)
                .contains("*\u0086H\u0086÷\r\u0001\u0005\r", "`\u0086H\u0001e\u0003\u0004\u0001*")
                .doesNotContain("*\u0086H\u0086÷\r\u0001\f\u0001");
        assertThat(home.resolve("data/secrets.key")).doesNotExist();
    }

    @Test
    void theFormerSecretIsKeptUntilTheNewOneIsProven() {
        assertThat(vault().rotate("store", "none before")).isFalse();
        vault().set("store", "first");

        assertThat(vault().rotate("store", "second")).isTrue();
        assertThat(vault().value("store")).isEqualTo("second");
        assertThat(vault().all()).singleElement().matches(Held::hasFormer);

        assertThat(vault().undo("store")).isTrue();
        assertThat(vault().value("store")).isEqualTo("first");
        assertThat(vault().undo("store")).isFalse();

        vault().rotate("store", "third");
        assertThat(vault().settle("store")).isTrue();
        assertThat(vault().settle("store")).isFalse();
        assertThat(vault().value("store")).isEqualTo("third");
        assertThat(vault().drop("store")).isTrue();
        assertThat(vault().all()).isEmpty();
    }

    @Test
    void anotherPasswordOpensNothingAndSaysNoMore() throws IOException {
        vault().set("store", "hunter2");
        settings.put("isthmus.secrets.password", "guess");

        assertThatThrownBy(() -> vault().value("store"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not open")
                .hasMessageNotContainingAny("guess", "hunter2");

        settings.clear();
        Files.delete(home.resolve("data/secrets.key"));
        assertThatThrownBy(() -> vault().value("store")).hasMessageContaining("neither in ISTHMUS_SECRETS_PASSWORD");
    }

    @Test
    void aPasswordThatEverybodyMayReadOpensNothing() throws IOException {
        vault().set("store", "hunter2");
        Files.setPosixFilePermissions(home.resolve("data/secrets.key"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> vault().value("store")).hasMessageContaining("chmod 0400");
    }
}
