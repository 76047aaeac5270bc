package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.flow.HostileFtp.Trick;
import isthmus.model.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@NullUnmarked
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class HostileFtpTest {
    private static final String NAME = "READ_20261101_D1.csv";

    private HostileFtp server;
    private TestHub hub;

    @BeforeEach
    void setUp() throws Exception {
        String text = Sftp.readings(Sftp.reading("4901", "10.50"), Sftp.reading("4902", "20.25"));
        server = new HostileFtp(NAME, text.getBytes(Sftp.GB18030));
        hub = hub(server.environment("ftp"));
    }

    @AfterEach
    void tearDown() throws IOException {
        hub.close();
        server.close();
    }

    private static TestHub hub(Map<String, String> environment) throws Exception {
        Path routes = Routes.with("metering", "  host:", "  connectTimeout: PT2S\n  readTimeout: PT2S\n  host:");
        return new TestHub(routes, environment);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"NOTHING", "SENDS_TO_ANOTHER_ADDRESS", "REFUSES_TLS"})
    void leavesTheFileWhereItIsUntilTheServerBehavesAgain(Trick trick) {
        server.trick = trick;

        PullReport failed = hub.pulls(new Backoff(1, Duration.ofMillis(1), Duration.ofMillis(1)))
                .run("metering", "reading", 1);

        assertThat(failed.failure()).as("%s", trick).isNotNull();
        assertThat(failed.failure().reason()).isEqualTo(Reason.SOURCE_AWAY);
        assertThat(failed.failure().text()).doesNotContain("open-sesame");
        assertThat(failed.attempts()).isEqualTo(2);
        assertThat(hub.store.chunks).isEmpty();
        assertThat(server.asked).noneMatch(line -> line.startsWith("RNFR") || line.startsWith("DELE"));

        server.trick = Trick.NOTHING;
        PullReport healed = hub.pulls.run("metering", "reading", 2);

        assertThat(healed.failure()).isNull();
        assertThat(hub.store.locators()).containsExactly(NAME + ":2", NAME + ":3");
        assertThat(server.asked).contains("RNFR /out/" + NAME);
    }

    @Test
    void goesForItsDataToTheServerThatItAskedAndNowhereElse() {
        server.trick = Trick.SENDS_TO_ANOTHER_ADDRESS;

        PullReport report = hub.pulls.run("metering", "reading", 1);

        assertThat(report.failure()).isNull();
        assertThat(hub.store.locators()).hasSize(2);
        assertThat(server.strangers).hasValue(0);
    }

    @Test
    void tellsNoPasswordToAServerThatRefusesTls() throws Exception {
        server.trick = Trick.REFUSES_TLS;
        try (TestHub wary = hub(server.environment("ftps"))) {
            PullReport report = wary.pulls.run("metering", "reading", 1);

            assertThat(report.failure().reason()).isEqualTo(Reason.SOURCE_AWAY);
            assertThat(server.asked).isNotEmpty().noneMatch(line -> line.startsWith("USER") || line.startsWith("PASS"));
        }
    }

    @Test
    void fetchesInBinaryAndPassively() {
        hub.pulls.run("metering", "reading", 1);

        assertThat(server.asked).contains("TYPE I", "PASV").noneMatch(line -> line.startsWith("PORT"));
    }
}
