package isthmus.source;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Piece;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
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
}
