package isthmus.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Piece;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was kept of a refused piece becomes that piece again. */
class KeptPiecesTest {

    @ParameterizedTest
    @ValueSource(strings = {"sftp", "ftps", "ftp"})
    void cutsALineAgainWhateverCarriedItsFile(String transport) {
        // given the metering centre, reached in one of three ways
        Map<String, String> said = Map.of(
                "METERING_TRANSPORT",
                transport,
                "METERING_INSECURE",
                "true",
                "METERING_CERTIFICATE",
                "SHA256:" + "A1".repeat(32));
        Catalog catalog = CatalogReader.only(
                Path.of("routes/metering"), Path.of("config"), name -> said.getOrDefault(name, "22"));
        LegacySystem system = catalog.system("metering");
        Pull pull = system.pull("meter");
        Charset charset = KeptPieces.charset(system);
        String line = "D" + ",电表".repeat(pull.columns().size());

        // when a kept line is cut again
        Piece piece = KeptPieces.cut(system, pull, line.getBytes(charset), 7, "METER.csv:7");

        // then its fields are there
        assertThat(charset).isEqualTo(system.charset());
        assertThat(piece.refusal()).isNull();
        assertThat(piece.values()).containsOnly("电表");
        assertThat(piece.ordinal()).isEqualTo(7);
    }

    @Test
    void cutsAnElementOfAnAnswerAgainWithWhatItSaysToBeNothing() {
        // given an answer that declares its prefixes around its records
        LegacySystem crm = CatalogReader.offline(List.of(Path.of("routes/crm")), Path.of("config"))
                .system("crm");
        Pull customer = crm.pull("customer");
        String answer = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns:c=\"http://crm.example/customer/v1\" xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:o=\"urn:o\">"
                + "<s:Body><c:GetChangedCustomersResponse><c:customer><c:customerNo>1</c:customerNo>"
                + "<c:name>A &amp; B</c:name><c:phone i:nil=\"true\"/><c:email o:nil=\"true\"/></c:customer>"
                + "</c:GetChangedCustomersResponse></s:Body></s:Envelope>";
        var extraction = new Extraction(crm, customer, 1, OffsetDateTime.of(2026, 11, 22, 0, 0, 0, 0, ZoneOffset.UTC));
        Piece piece = SoapPage.read(extraction, answer.getBytes(StandardCharsets.UTF_8))
                .pieces()
                .get(0);

        // when what was kept of one is cut again
        Piece again = KeptPieces.cut(crm, customer, piece.bytes().get(), 1, "1");

        // then it is that record
        assertThat(again.values()[customer.layout().indexOf("name")]).isEqualTo("A & B");
        assertThat(Trial.say(again)).isEqualTo(Trial.say(piece));
    }

    @Test
    void takesAnAnswerWithAFaultInTheMiddleOfATextForNoWholeMessage() {
        LegacySystem crm = CatalogReader.offline(List.of(Path.of("routes/crm")), Path.of("config"))
                .system("crm");
        String answer = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns:c=\"http://crm.example/customer/v1\"><s:Body><c:GetChangedCustomersResponse><c:customer>"
                + "<c:name>A&bogus;B</c:name></c:customer></c:GetChangedCustomersResponse></s:Body></s:Envelope>";
        var extraction = new Extraction(
                crm, crm.pull("customer"), 1, OffsetDateTime.of(2026, 11, 22, 0, 0, 0, 0, ZoneOffset.UTC));

        assertThatThrownBy(() -> SoapPage.read(extraction, answer.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(SourceAway.class);
    }
}
