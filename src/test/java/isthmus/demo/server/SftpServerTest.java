package isthmus.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SftpServerTest {
    @TempDir
    Path dir;

    @SuppressWarnings("NullAway.Init")
    private SftpServer server;

    @BeforeEach
    void start() throws IOException {
        server = SftpServer.start(dir, Secrets.in(dir), Berth.LOCAL);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() -> connect("wrong"))
                .isInstanceOf(JSchException.class)
                .hasMessageContaining("Auth fail");
    }

    @Test
    void renamesButNeverOverAnotherFile() throws Exception {
        Files.writeString(dir.resolve("sftp/out/a.csv"), "a");
        Files.writeString(dir.resolve("sftp/out/b.csv"), "b");
        Files.writeString(dir.resolve("sftp/archive/b.csv"), "older");
        Session session = connect(server.password());
        ChannelSftp sftp = open(session);

        sftp.rename("/out/a.csv", "/archive/a.csv");
        assertThatThrownBy(() -> sftp.rename("/out/b.csv", "/archive/b.csv")).isInstanceOf(SftpException.class);

        assertThat(dir.resolve("sftp/archive/a.csv")).hasContent("a");
        assertThat(dir.resolve("sftp/archive/b.csv")).hasContent("older");
        assertThat(dir.resolve("sftp/out/b.csv")).hasContent("b");
        session.disconnect();
    }

    @Test
    void listsHostileNamesAsTheyAreAndServesOnlyItsRoot() throws Exception {
        List<String> names =
                List.of("a;rm -rf.csv", "..%2f..%2fetc.csv", "two\nlines.csv", "back\\slash.csv", "x".repeat(200));
        for (String name : names) {
            Files.writeString(dir.resolve("sftp/out").resolve(name), "x");
        }
        Files.writeString(dir.resolve("outside.csv"), "secret");
        Session session = connect(server.password());
        ChannelSftp sftp = open(session);

        var listed = sftp.ls("/out").stream()
                .map(ChannelSftp.LsEntry::getFilename)
                .filter(name -> !name.equals(".") && !name.equals(".."))
                .toList();

        assertThat(listed).containsExactlyInAnyOrderElementsOf(names);
        assertThatThrownBy(() -> sftp.get("/../outside.csv").readAllBytes()).isInstanceOf(SftpException.class);
        session.disconnect();
    }

    @Test
    void takesAndGivesAFile() throws Exception {
        Session session = connect(server.password());
        ChannelSftp sftp = open(session);

        sftp.put(new ByteArrayInputStream("电能".getBytes(StandardCharsets.UTF_8)), "/refused/说明.txt");

        assertThat(sftp.get("/refused/说明.txt").readAllBytes()).isEqualTo("电能".getBytes(StandardCharsets.UTF_8));
        assertThat(dir.resolve("sftp/refused/说明.txt")).exists();
        session.disconnect();
    }

    /** Trusts the server by its known-hosts line only, as the hub does. */
    private Session connect(String password) throws JSchException {
        var jsch = new JSch();
        jsch.setKnownHosts(new ByteArrayInputStream((server.knownHost() + "\n").getBytes(StandardCharsets.US_ASCII)));
        Session session = jsch.getSession(server.user(), server.host(), server.port());
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setPassword(password);
        session.connect(10_000);
        return session;
    }

    private static ChannelSftp open(Session session) throws JSchException {
        var sftp = (ChannelSftp) session.openChannel("sftp");
        sftp.connect(10_000);
        return sftp;
    }
}
