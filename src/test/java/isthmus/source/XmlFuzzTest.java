package isthmus.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import isthmus.catalog.CatalogReader;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.NullUnmarked;

/** XML as a file of records, as a Green Button feed, and as the answer of a SOAP operation. */
@NullUnmarked
class XmlFuzzTest {
    private static final Trial DOCUMENTS = new Trial("xml")
            .with("record", "/d/list/r")
            .columns("DAY at /d/head/day", "NO at no", "KIND at no/@kind", "NAME at who/name")
            .child("lines/line", "AMOUNT at amount");
    private static final Trial FEEDS = new Trial("espi")
            .columns("POINT at usagePointId", "UOM at ReadingType/uom", "DAY at =day")
            .child("IntervalReading", "START at timePeriod/start", "VALUE at value", "TIME at =time")
            .with("days", "IntervalReading")
            .with("time", "START");
    private static final Trial BLOCKS =
            new Trial("espi").columns("POINT at usagePointId", "UOM at ReadingType/uom", "START at interval/start");
    private static final LegacySystem CRM = CatalogReader.offline(List.of(Path.of("routes/crm")), Path.of("config"))
            .system("crm");
    private static final Pull CUSTOMER = CRM.pull("customer");
    private static final Extraction ANSWER =
            new Extraction(CRM, CUSTOMER, 1, OffsetDateTime.of(2026, 11, 22, 0, 0, 0, 0, ZoneOffset.UTC));

    @FuzzTest(maxDuration = "5m")
    void xml(byte[] bytes) throws IOException {
        Charset charset = charset(bytes);
        AnyBytes.ofDocuments(DOCUMENTS, charset).hold(bytes);
        AnyBytes.ofDocuments(FEEDS, charset).hold(bytes);
        AnyBytes.ofDocuments(BLOCKS, charset).hold(bytes);
        answer(bytes, charset);
    }

    private static Charset charset(byte[] bytes) {
        try {
            return SafeXml.charset(new ByteArrayInputStream(bytes));
        } catch (XMLStreamException fault) {
            return StandardCharsets.UTF_8;
        }
    }

    private static void answer(byte[] bytes, Charset charset) {
        SoapPage page;
        try {
            page = SoapPage.read(ANSWER, bytes);
        } catch (SourceAway broken) {
            return;
        } catch (ContractBroken broken) {
            assertThat(broken.reason()).isEqualTo(Reason.XML);
            return;
        }
        page.chunk(bytes, null);
        page.changeTimes();
        long before = 0;
        for (Piece piece : page.pieces()) {
            assertThat(piece.ordinal()).isEqualTo(++before);
            if (piece.refusal() == null) {
                AnyBytes.inventsNothing(Trial.say(piece), bytes, charset);
                Piece again = KeptPieces.cut(CRM, CUSTOMER, piece.bytes().get(), piece.ordinal(), piece.locator());
                assertThat(Trial.say(again)).as("cut again from its kept bytes").isEqualTo(Trial.say(piece));
            }
        }
    }
}
