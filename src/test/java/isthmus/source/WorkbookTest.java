package isthmus.source;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Piece;
import isthmus.model.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class WorkbookTest {
    private final Trial named = new Trial("xlsx")
            .columns("NO", "TOTAL", "DAY date", "AT time", "LIVE")
            .with("header", "columns");

    private static String text(String at, String text) {
        return "<c r='" + at + "' t='inlineStr'><is><t>" + text + "</t></is></c>";
    }

    private static final String SHEET = "<sheetData><row r='1'>" + text("A1", "TOTAL") + text("B1", "NO")
            + text("C1", "DAY") + text("D1", "AT") + text("E1", "LIVE") + text("F1", "MORE") + "</row>"
            + "<row r='2'><c r='A2'><v>0.30000000000000004</v></c>" + text("B2", "007")
            + "<c r='C2'><v>46348</v></c><c r='D2'><v>46348.25</v></c><c r='E2' t='b'><v>1</v></c></row>"
            + "<row r='4'><c r='A4'><v>1E-3</v></c><c r='B4'><v>12</v></c></row>"
            + "<row r='5'><c r='A5' t='e'><v>#DIV/0!</v></c><c r='B5'><v>13</v></c></row></sheetData>";

    private static byte[] workbook(String sheet, Map<String, String> more) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(
                "[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>");
        parts.put(
                "xl/workbook.xml",
                "<workbook xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets>"
                        + "<sheet name='Data' sheetId='1' r:id='rId1'/></sheets></workbook>");
        parts.put(
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
                        + "<Relationship Id='rId1' Target='worksheets/sheet1.xml' Type='worksheet'/></Relationships>");
        parts.put("xl/worksheets/sheet1.xml", "<worksheet>" + sheet + "</worksheet>");
        parts.putAll(more);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    @Test
    void readsColumnsByTheirHeadingsAndNumbersAsTheyAreShown() throws Exception {
        List<Piece> pieces = named.read(workbook(SHEET, Map.of()), 0);

        assertThat(pieces.stream().map(Trial::say))
                .containsExactly(
                        "[007, 0.3, 2026-11-22, 2026-11-22 06:00:00, true] ",
                        "[12, 0.001, null, null, null] ",
                        "[13, null, null, null, null] FILE_FORM");
        assertThat(pieces.get(1).locator()).isEqualTo("f:4");
        Piece again = named.format().again(pieces.get(0).bytes().get(), 2, "f:2");
        assertThat(Trial.say(again)).isEqualTo(Trial.say(pieces.get(0)));
    }

    @Test
    void readsColumnsByTheirLettersAndGoesOnBehindARow() throws Exception {
        Trial letters = new Trial("xlsx").columns("NO at B").with("sheet", "Data");

        assertThat(letters.read(workbook(SHEET, Map.of()), 2).stream().map(Trial::say))
                .containsExactly("[12] ", "[13] ");
        assertThat(new Trial("xlsx").columns("NO at B").with("sheet", "Other").refusal(workbook(SHEET, Map.of())))
                .isEqualTo(Reason.FILE_FORM);
    }

    @Test
    void refusesAWorkbookThatIsHostileOrNone() throws Exception {
        String texts = "<!DOCTYPE sst [<!ENTITY a 'b'>]><sst/>";
        String bomb = "<!-- " + " ".repeat(30 << 20) + "-->";

        assertThat(named.refusal(workbook(SHEET, Map.of("xl/sharedStrings.xml", texts))))
                .isEqualTo(Reason.XML);
        assertThat(named.refusal(workbook(SHEET, Map.of("xl/media.bin", bomb)))).isEqualTo(Reason.ARCHIVE);
        assertThat(named.refusal("no workbook")).isEqualTo(Reason.ARCHIVE);
        assertThat(named.refusal(workbook("<sheetData/>", Map.of()))).isEqualTo(Reason.FILE_HEADER);
    }
}
