package isthmus.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.util.TrustManagerUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FtpServerTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    @Test
    void refusesAWrongPasswordAndAnonymousGuests() throws Exception {
        try (FileServer server = FileServer.start("ftp", dir, Secrets.in(dir), Berth.LOCAL)) {
            FTPClient client = connect(new FTPClient(), server);

            assertThat(client.login(server.user(), "wrong")).isFalse();
            assertThat(client.login("anonymous", "guest@example.org")).isFalse();
            client.disconnect();
        }
    }

    @Test
    void renamesButNeverOverAnotherFile() throws Exception {
        try (FileServer server = FileServer.start("ftp", dir, Secrets.in(dir), Berth.LOCAL)) {
            Files.writeString(dir.resolve("sftp/out/a.csv"), "a");
            Files.writeString(dir.resolve("sftp/archive/b.csv"), "older");
            FTPClient client = logIn(new FTPClient(), server);

            assertThat(client.rename("/out/a.csv", "/archive/b.csv")).isFalse();
            assertThat(client.rename("/out/a.csv", "/archive/a.csv")).isTrue();

            assertThat(dir.resolve("sftp/archive/b.csv")).hasContent("older");
            assertThat(dir.resolve("sftp/archive/a.csv")).hasContent("a");
            client.disconnect();
        }
    }

    @Test
    void servesOnlyItsRootAndNamesInUtf8() throws Exception {
        try (FileServer server = FileServer.start("ftps", dir, Secrets.in(dir), Berth.LOCAL)) {
            Files.writeString(dir.resolve("outside.csv"), "secret");
            FTPSClient client = new FTPSClient(false);
            client.setTrustManager(TrustManagerUtils.getAcceptAllTrustManager());
            logIn(client, server);
            client.execPBSZ(0);
            client.execPROT("P");

            byte[] text = "电能".getBytes(StandardCharsets.UTF_8);
            assertThat(client.storeFile("/refused/说明.txt", new ByteArrayInputStream(text)))
                    .isTrue();
            assertThat(client.retrieveFile("/../outside.csv", new ByteArrayOutputStream()))
                    .isFalse();

            assertThat(dir.resolve("sftp/refused/说明.txt")).hasBinaryContent(text);
            client.disconnect();
        }
    }

    @Test
    void keepsItsCertificateAcrossARestart() throws Exception {
        String first;
        try (FileServer server = FileServer.start("ftps", dir, Secrets.in(dir), Berth.LOCAL)) {
            first = String.valueOf(server.identity().get("METERING_CERTIFICATE"));
        }
        try (FileServer server = FileServer.start("ftps", dir, Secrets.in(dir), Berth.LOCAL)) {
            assertThat(server.identity()).containsEntry("METERING_CERTIFICATE", first);
        }
        assertThat(first).matches("sha256:[0-9a-f]{64}");
    }

    private static FTPClient connect(FTPClient client, FileServer server) throws IOException {
        client.setConnectTimeout(10_000);
        client.setControlEncoding("UTF-8");
        client.connect(server.host(), server.port());
        return client;
    }

    private static FTPClient logIn(FTPClient client, FileServer server) throws IOException {
        connect(client, server);
        assertThat(client.login(server.user(), server.password())).isTrue();
        client.enterLocalPassiveMode();
        client.setFileType(FTP.BINARY_FILE_TYPE);
        return client;
    }
}
