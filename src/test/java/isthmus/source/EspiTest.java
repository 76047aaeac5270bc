package isthmus.source;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Piece;
import isthmus.model.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class EspiTest {
    private final Trial espi = new Trial("espi")
            .columns("POINT at usagePointId", "UOM at ReadingType/uom", "DAY at =day")
            .child("IntervalReading", "START at timePeriod/start", "VALUE at value", "TIME at =time")
            .with("days", "IntervalReading")
            .with("time", "START")
            .zone("Europe/Berlin");

    private static String entry(String self, String up, String related, String content) {
        return "<entry><link rel='self' href='" + self + "'/><link rel='up' href='" + up + "'/>"
                + (related.isEmpty() ? "" : "<link rel='related' href='" + related + "'/>") + "<content>" + content
                + "</content></entry>";
    }

    private static String type(String id, String uom) {
        return entry("/ReadingType/" + id, "/ReadingType", "", "<ReadingType><uom>" + uom + "</uom></ReadingType>");
    }

    private static String reading(String id, String type) {
        String self = "/C/9/UsagePoint/P1/MeterReading/" + id;
        return entry(self, "/C/9/UsagePoint/P1/MeterReading", "/ReadingType/" + type, "<MeterReading/>");
    }

    private static String block(String reading, String start, int intervals) {
        StringBuilder values = new StringBuilder("<IntervalBlock>");
        long second = Instant.parse(start).getEpochSecond();
        for (int i = 0; i < intervals; i++) {
            values.append("<IntervalReading><timePeriod><duration>3600</duration><start>")
                    .append(second + 3600L * i)
                    .append("</start></timePeriod><value>")
                    .append(i)
                    .append("</value></IntervalReading>");
        }
        String up = "/C/9/UsagePoint/P1/MeterReading/" + reading + "/IntervalBlock";
        return entry(up + "/1", up, "", values + "</IntervalBlock>");
    }

    private static String feed(String... entries) {
        String point = entry("/C/9/UsagePoint/P1", "/C/9/UsagePoint", "", "<UsagePoint/>");
        return "<feed xmlns='http://www.w3.org/2005/Atom'>" + point + String.join("", entries) + "</feed>";
    }

    @Test
    void joinsEachBlockWithWhatItsLinksLeadToWhereverThatStands() throws Exception {
        String feed = feed(
                block("2", "2026-11-21T23:00:00Z", 1),
                block("1", "2026-11-21T23:00:00Z", 1),
                type("A", "72"),
                type("B", "73"),
                reading("1", "A"),
                reading("2", "B"));

        List<Piece> pieces = espi.read(feed);

        assertThat(pieces.stream().map(piece -> espi.value(piece, "UOM"))).containsExactly("73", "72");
        assertThat(espi.value(pieces.get(0), "POINT")).isEqualTo("P1");
        for (Piece piece : pieces) {
            assertThat(Trial.say(espi.format().again(piece.bytes().get(), piece.ordinal(), piece.locator())))
                    .isEqualTo(Trial.say(piece));
        }
    }

    @Test
    void dealsABlockOutToDaysOfThreeLengths() throws Exception {
        String autumn = feed(type("A", "72"), reading("1", "A"), block("1", "2026-10-23T22:00:00Z", 24 + 25 + 24));
        String spring = feed(type("A", "72"), reading("1", "A"), block("1", "2026-03-28T23:00:00Z", 23 + 24));

        assertThat(espi.read(autumn).stream()
                        .map(piece -> piece.children().get(0).size()))
                .containsExactly(24, 25, 24);
        assertThat(espi.read(spring).stream()
                        .map(piece -> piece.children().get(0).size()))
                .containsExactly(23, 24);
    }

    @Test
    void refusesABlockOfNoReadingTypeAlone() throws Exception {
        List<Piece> pieces = espi.read(feed(
                block("1", "2026-11-21T23:00:00Z", 2),
                block("2", "2026-11-21T23:00:00Z", 2),
                type("A", "72"),
                reading("2", "A")));

        assertThat(pieces.stream()
                        .map(piece ->
                                piece.refusal() == null ? null : piece.refusal().reason()))
                .containsExactly(Reason.REF_MISSING, null);
    }

    @Test
    void refusesAFeedOfAnotherZone() {
        String time = entry(
                "/LocalTimeParameters/1",
                "/LocalTimeParameters",
                "",
                "<LocalTimeParameters><tzOffset>%d</tzOffset></LocalTimeParameters>");
        String feed = feed(time, type("A", "72"), reading("1", "A"), block("1", "2026-07-21T22:00:00Z", 1));

        assertThat(espi.refusal(String.format(feed, 3600))).isNull();
        assertThat(espi.refusal(String.format(feed, -18000))).isEqualTo(Reason.FILE_ZONE);
    }

    @Test
    void cutsEachOfAnEntrysBlocksAgain() throws Exception {
        String first = block("1", "2026-11-21T23:00:00Z", 1);
        String one = first.substring(first.indexOf("<IntervalBlock>"), first.indexOf("</content>"));
        String two = first.replace(one, one + one.replace("<value>0<", "<value>7<"));

        List<Piece> pieces = espi.read(feed(type("A", "72"), reading("1", "A"), two));

        assertThat(pieces.stream().map(piece -> espi.cells(piece, "IntervalReading", "VALUE")))
                .containsExactly(List.of("0"), List.of("7"));
        for (Piece piece : pieces) {
            assertThat(Trial.say(espi.format().again(piece.bytes().get(), piece.ordinal(), piece.locator())))
                    .isEqualTo(Trial.say(piece));
        }
    }
}
