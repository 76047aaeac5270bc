package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.Certificate;
import isthmus.model.Reason;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is at the other end of an https address. */
@NullUnmarked
class SoapTlsTest {
    @TempDir
    Path folder;

    private Certificate certificate;
    private Soap soap;

    @BeforeEach
    void setUp() throws Exception {
        certificate = Certificate.in(folder);
        soap = Soap.secured(certificate.server());
        soap.then(Soap.page(Soap.customer("K1", "a", "10:00:00")));
    }

    @AfterEach
    void tearDown() {
        soap.close();
    }

    private PullReport pull(String pin) throws Exception {
        Map<String, String> environment = new HashMap<>(soap.environment());
        environment.put("CRM_CERTIFICATE", pin);
        Path routes = Routes.with("crm", "  wsdl:", "  certificate: \"${CRM_CERTIFICATE:-}\"\n  wsdl:");
        try (TestHub hub = new TestHub(routes, environment)) {
            return hub.pulls(TestHub.ONCE).run("crm", "customer", 1);
        }
    }

    @Test
    void readsFromTheServerWhoseCertificateIsPinned() throws Exception {
        PullReport report = pull(certificate.fingerprint());

        assertThat(report.failure()).isNull();
        assertThat(soap.requests).hasSize(1);
    }

    @Test
    void refusesAServerThatShowsAnotherCertificateAndTellsItNothing() throws Exception {
        PullReport report = pull("sha256:" + "ab".repeat(32));

        assertThat(report.failure().reason()).isEqualTo(Reason.SOURCE_IDENTITY);
        assertThat(report.failure().text()).contains(certificate.fingerprint());
        assertThat(soap.requests).isEmpty();
    }

    @Test
    void withoutAPinSomebodyWhomTheJdkTrustsMustVouchForTheServer() throws Exception {
        PullReport report = pull("");

        assertThat(report.failure().reason()).isEqualTo(Reason.SOURCE_AWAY);
        assertThat(soap.requests).isEmpty();
    }
}
