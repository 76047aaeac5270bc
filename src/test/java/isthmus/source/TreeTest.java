package isthmus.source;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Piece;
import isthmus.model.Reason;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of XML, JSON and JSON Lines. */
@NullUnmarked
class TreeTest {
    private final Trial xml = new Trial("xml")
            .with("record", "/d/list/r")
            .columns("DAY at /d/head/day", "NO at no", "KIND at no/@kind", "NAME at who/name")
            .child("lines/line", "AMOUNT at amount");
    private final Trial json = new Trial("json")
            .with("record", "/list")
            .columns("DAY at /day", "NO at no", "NAME at who/name")
            .child("lines", "AMOUNT at amount");

    private static final String DOCUMENT = """
            <?xml version="1.0"?><d xmlns:x="urn:x"><head><day>5</day></head><list>
            <x:r><no kind="a">1</no><who><name>A &amp; B</name></who><lines><line><amount>2</amount></line><line><amount>3</amount></line></lines></x:r>
            <r><no>2</no><other><no>9</no></other></r></list></d>""";

    @Test
    void readsColumnsByTheirPaths() throws Exception {
        List<Piece> pieces = xml.read(DOCUMENT);

        assertThat(pieces.stream().map(Trial::say)).containsExactly("[5, 1, a, A & B][2][3] ", "[5, 2, null, null] ");
        assertThat(pieces.get(1).locator()).isEqualTo("f:2");
    }

    @Test
    void readsAListAsTheRepetitionOfItsName() throws Exception {
        String document = """
                {"day": 5, "list": [{"no": 1, "who": {"name": "A"}, "lines": [{"amount": 2.50}, {"amount": 3}]}, {"no": null}]}""";

        assertThat(json.read(document).stream().map(Trial::say))
                .containsExactly("[5, 1, A][2.50][3] ", "[5, null, null] ");
        Trial root = new Trial("json").with("record", "/").columns("NO at no");
        assertThat(root.read("[{\"no\":1},{\"no\":true}]").stream().map(Trial::say))
                .containsExactly("[1] ", "[true] ");
    }

    @Test
    void cutsKeptBytesAgainWithWhatStandsAroundThem() throws Exception {
        for (Piece piece : xml.read(DOCUMENT)) {
            assertThat(Trial.say(xml.format().again(piece.bytes().get(), piece.ordinal(), piece.locator())))
                    .isEqualTo(Trial.say(piece));
        }
        for (Piece piece : json.read("{\"day\":5,\"list\":[{\"no\":1},{\"no\":2}]}")) {
            assertThat(Trial.say(json.format().again(piece.bytes().get(), piece.ordinal(), piece.locator())))
                    .isEqualTo(Trial.say(piece));
        }
    }

    @Test
    void goesOnBehindTheRecordThatIsDone() throws Exception {
        List<Piece> rest = xml.read(DOCUMENT.getBytes(StandardCharsets.UTF_8), 1);

        assertThat(rest.stream().map(Trial::say)).containsExactly("[5, 2, null, null] ");
    }

    @Test
    void readsTheEncodingThatTheDocumentNames() throws Exception {
        String german = "<?xml version='1.0' encoding='ISO-8859-1'?><d><list><r><no>ü</no></r></list></d>";
        Charset latin = StandardCharsets.ISO_8859_1;

        assertThat(xml.value(xml.read(german.getBytes(latin), 0).get(0), "NO")).isEqualTo("ü");
        assertThat(xml.refusal(german.replace("ISO-8859-1", "UTF-8").getBytes(latin)))
                .isEqualTo(Reason.CHARSET);
        assertThat(xml.refusal(german.replace("ISO-8859-1", "KLINGON").getBytes(latin)))
                .isEqualTo(Reason.XML);
        assertThat(xml.read("\uFEFF" + DOCUMENT)).hasSize(2);
        assertThat(json.read("\uFEFF{\"list\":[{}]}")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE d [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;\">]><d><list><r><no>&c;</no></r></list></d>",
                "<!DOCTYPE d SYSTEM \"file:///etc/passwd\"><d/>",
                "<d><list><r><no>&unknown;</no></r></list></d>",
                "<d><list><r><no>1</no></r></list>",
                "<d></d><d></d>",
                "no document"
            })
    void refusesXmlThatIsHostileOrBroken(String document) {
        assertThat(xml.refusal(document)).isEqualTo(Reason.XML);
    }

    @Test
    void boundsXml() {
        String deep = "<d>".repeat(100) + "</d>".repeat(100);
        String wide = "<d " + "a%d='1' ".repeat(1) + "/>";
        StringBuilder attributes = new StringBuilder("<d");
        for (int i = 0; i < 100; i++) {
            attributes.append(" a").append(i).append("='1'");
        }
        String huge = "<d><list><r>" + "<no>1234567890</no>".repeat(300_000) + "</r></list></d>";

        assertThat(xml.refusal(deep)).isEqualTo(Reason.XML);
        assertThat(wide).isNotEmpty();
        assertThat(xml.refusal(attributes + "/>")).isEqualTo(Reason.XML);
        assertThat(xml.refusal(huge)).isEqualTo(Reason.LINE_LENGTH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"list\":[{\"no\":1,\"no\":2}]}",
                "{\"list\":[{\"no\":1}]} {}",
                "{\"list\":[{\"no\":1}]",
                "{\"list\":[{\"no\":NaN}]}",
                "{\"list\":[[1]]}",
                ""
            })
    void refusesJsonThatIsAmbiguousOrBroken(String document) {
        assertThat(json.refusal(document)).isEqualTo(Reason.FILE_FORM);
    }

    @Test
    void boundsJson() {
        assertThat(json.refusal("{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000)))
                .isEqualTo(Reason.FILE_FORM);
        assertThat(json.refusal("{\"list\":[{\"no\":\"" + "x".repeat(2 << 20) + "\"}]}"))
                .isEqualTo(Reason.FILE_FORM);
        assertThat(json.refusal("{\"list\":[{\"lines\":[" + "{\"amount\":1},".repeat(300_000) + "{}]}]}"))
                .isEqualTo(Reason.LINE_LENGTH);
        assertThat(json.refusal(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}))
                .isEqualTo(Reason.CHARSET);
    }

    @Test
    void refusesARecordAloneThatIsNotOfItsContract() throws Exception {
        List<Piece> pieces =
                xml.read("<d><list><r><no>1</no><no>2</no></r><r><no><a/></no></r><r><no>3</no></r></list></d>");

        assertThat(pieces.stream()
                        .map(piece ->
                                piece.refusal() == null ? null : piece.refusal().reason()))
                .containsExactly(Reason.SCHEMA, Reason.SCHEMA, null);
    }

    @Test
    void refusesALineOfJsonAlone() throws Exception {
        Trial lines = new Trial("jsonl").columns("NO at no").child("lines", "AMOUNT at amount");
        String file = "{\"no\":1}\n\n{\"no\":\n{\"no\":3,\"lines\":[{\"amount\":1}]}\n{\"no\":4} {}\n[1]\n";

        List<Piece> pieces = lines.read(file);
        List<Piece> rest = lines.read(file.getBytes(StandardCharsets.UTF_8), 4);

        assertThat(pieces.stream().map(Trial::say))
                .containsExactly("[1] ", "[null] FILE_FORM", "[3][1] ", "[null] FILE_FORM", "[null] ");
        assertThat(rest.get(0).locator()).isEqualTo("f:5");
    }

    @Test
    void refusesAFaultInTheMiddleOfATextLikeOneAtItsBeginning() {
        assertThat(xml.refusal("<d><list><r><no>1&unknown;2</no></r></list></d>"))
                .isEqualTo(Reason.XML);
        assertThat(xml.refusal("<d><head><day>1&#0;2</day></head></d>")).isEqualTo(Reason.XML);
    }

    @Test
    void refusesADocumentInACharsetThatIsReadOnly() {
        String read = "<?xml version='1.0' encoding='ISO-2022-CN'?><d><list><r><no>1</no></r></list></d>";

        assertThat(xml.refusal(read)).isEqualTo(Reason.XML);
    }

    @Test
    void takesATextAroundTheRecordsWholeThatComesInParts() throws Exception {
        String parts = "<d><head><day>1<!-- of --><![CDATA[2]]>3</day></head><list><r><no>1</no></r></list></d>";

        assertThat(xml.value(xml.read(parts).get(0), "DAY")).isEqualTo("123");
    }

    @Test
    void refusesAPointAloneWhoseTimeIsInNoCalendar() throws Exception {
        Trial dealt = new Trial("json")
                .with("record", "/list")
                .columns("START at start", "STEP at step", "DAY at =day")
                .child("lines", "AT at at")
                .with("days", "lines")
                .with("position", "AT")
                .with("start", "START")
                .with("interval", "STEP");
        String record = "{\"start\": \"%s\", \"step\": \"%s\", \"lines\": [{\"at\": 999999}]}";

        List<Piece> pieces = dealt.read("{\"list\": ["
                + record.formatted("2026-11-21T23:00Z", "PT2562047788015215H") + ","
                + record.formatted("2026-11-21T23:00Z", "P365000D") + ","
                + record.formatted("+999999999-12-31T23:59:59-18:00", "PT0S") + "]}");

        assertThat(pieces.stream().map(piece -> piece.refusal().reason()))
                .containsExactly(Reason.TIME_INVALID, Reason.TIME_INVALID, Reason.TIME_INVALID);
    }
}
