package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.Silence;
import isthmus.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way into a legacy system, tried on a server that takes the connection and never says a word. */
@NullUnmarked
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TimeOutsTest {

    @ParameterizedTest
    @CsvSource({
        "billing, bill, jdbc:mariadb",
        "billing, bill, jdbc:postgresql",
        "metering, reading, sftp",
        "metering, reading, ftps",
        "metering, reading, ftp",
        "crm, customer, soap"
    })
    void givesUpWhenTheOtherSideIsSilent(String system, String pull, String way) throws Exception {
        try (Silence silence = new Silence()) {
            String port = Integer.toString(silence.port());
            Map<String, String> environment = new HashMap<>();
            environment.put("BILLING_URL", way + "://127.0.0.1:" + port + "/epm");
            environment.put("METERING_TRANSPORT", way);
            environment.put("METERING_PORT", port);
            environment.put("METERING_CERTIFICATE", "0".repeat(64));
            environment.put("METERING_INSECURE", "true");
            environment.put("CRM_URL", "http://127.0.0.1:" + port + "/");
            if (!system.equals("metering")) {
                environment.remove("METERING_TRANSPORT");
            }
            Path routes = Routes.with(system, "connection:", "connection:\n  connectTimeout: PT1S");
            hasten(routes.resolve(system).resolve("system.yaml"));
            try (TestHub hub = new TestHub(routes, environment)) {
                Pulls once = hub.pulls(new Backoff(0, Duration.ofMillis(1), Duration.ofMillis(1)));

                PullReport report = once.run(system, pull, 1);

                assertThat(report.failure()).as(way).isNotNull();
                assertThat(report.failure().reason()).isEqualTo(Reason.SOURCE_AWAY);
                assertThat(hub.store.chunks).isEmpty();
            }
        }
    }

    /** One second for the answer, whatever the folder says. */
    private static void hasten(Path card) throws IOException {
        String text = Files.readString(card).replaceAll("(?m)^  readTimeout: .*\n", "");
        Files.writeString(card, text.replace("connectTimeout: PT1S", "connectTimeout: PT1S\n  readTimeout: PT1S"));
    }
}
