package isthmus.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
class WrittenSecretsTest {
    private static final String MARK = "hunter2";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"routes", "config", "examples"})
    void nothingOfThisRepositoryIsOne(String name) throws IOException {
        Problems problems = new Problems();

        WrittenSecrets.look(Path.of(name), problems);

        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            password: hunter2                                  | password is written out
            'Pass-Word': "hunter2"                             | Pass-Word is written out
            store: {user: x, password: hunter2}                | password is written out
            client_secret: hunter2                             | client_secret is written out
            passphrase: "${NAME:-hunter2}"                     | passphrase is written out
            spring.datasource.password: ${NAME:hunter2}        | spring.datasource.password is written out
            tokens: {token: [hunter2]}                         | token is written out
            apiKey: hunter2                                    | apiKey is written out
            hmac: {key: aGVsbG8gd29ybGQgaHVudGVyMg01234xyz=}   | key is written out
            url: jdbc:mariadb://a/b?user=u&password=hunter2    | url holds a password
            url: "https://me:hunter2@example.com/x"            | url holds a password
            url: jdbc:oracle:thin:me/hunter2@//db:1521/x       | url holds a password
            uri: sftp:x?passphrase=hunter2                     | uri holds a password
            note: '-----BEGIN EC PRIVATE KEY-----hunter2'      | a private key, an API key or a token is written out
            """)
    void tellsFileAndLineAndNeverTheValue(String line, String what) throws IOException {
        Files.writeString(folder.resolve("application.yaml"), "# 营销业务\nisthmus:\n  " + line + "\n");

        assertThat(faults())
                .anySatisfy(fault ->
                        assertThat(fault).startsWith(folder + "/application.yaml:3: " + what + " (SECRET-CLEAR)"));
        assertThat(faults()).noneMatch(fault -> fault.contains(MARK) || fault.contains("aGVsbG8"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: ${STORE_PASSWORD}",
                "password: \"${STORE_PASSWORD:-}\"",
                "password: ${file:/run/secrets/store}",
                "password: ${keystore:store}",
                "password: ''",
                "url: ${BILLING_URL}",
                "url: jdbc:postgresql://store:5432/isthmus?sslmode=verify-full",
                "url: jdbc:mariadb://a/b?password=${BILLING_PASSWORD}",
                "uri: sftp:x?password=RAW({{metering.password}})",
                "key: [CONS_NO, RCVBL_YM]",
                "key: CONS_NO",
                "audit: {key: data/audit-key.pem}",
                "hostKey: host.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK5Jp1a2",
                "certificate: SHA256:AB:CD",
                "nextPageToken: nextPageToken",
                "access.token.claim: 'true'"
            })
    void leavesReferencesAndWhatIsNoSecret(String line) throws IOException {
        Files.writeString(folder.resolve("system.yaml"), line + "\n");

        assertThat(faults()).isEmpty();
    }

    @Test
    void looksIntoEveryKindOfFile() throws IOException {
        Files.createDirectories(folder.resolve("bill/samples"));
        Files.writeString(folder.resolve("realm.json"), "{\n\"client\": {\"secret\": \"hunter2\"}}");
        Files.writeString(folder.resolve("hub.properties"), "a=b\nstore.password=hunter2\n");
        Files.writeString(
                folder.resolve("bill/bill.request.xml"), "<a>\n<wsse:Password Type='x'>hunter2</wsse:Password></a>");
        Files.writeString(folder.resolve("bill/README.md"), "password: ask its owner\n<http://me:hunter2@host/>");
        Files.writeString(folder.resolve("bill/samples/a-bill.in.json"), "{\"token\": \"1\", \"password\": \"2\"}");
        Files.writeString(folder.resolve("bill/server.pem"), "-----BEGIN PRIVATE KEY-----\nhunter2\n");

        assertThat(faults())
                .extracting(fault -> fault.substring(folder.toString().length() + 1, fault.indexOf(" (")))
                .containsExactly(
                        "bill/README.md:2: an address holds a password",
                        "bill/bill.request.xml:2: Password is written out",
                        "bill/server.pem:1: a private key, an API key or a token is written out",
                        "hub.properties:2: store.password is written out",
                        "realm.json:2: secret is written out");
    }

    private List<String> faults() throws IOException {
        Problems problems = new Problems();
        WrittenSecrets.look(folder, problems);
        return problems.all();
    }
}
