package isthmus.source;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Piece;
import isthmus.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class NemTest {
    private static final String HEAD = "100,NEM12,202611230015,MDP,RET\n";
    private static final String CHANNEL = "200,6123456789,E1B1,E1,E1,N1,M1,kWh,30,\n";
    private static final String END = "900\n";

    private final Trial nem = new Trial("nem12")
            .columns("NMI", "SUFFIX", "UOM", "INTERVAL", "DATE", "QUALITY_METHOD", "UPDATED")
            .child("values", "NO", "VALUE", "QUALITY", "METHOD", "REASON")
            .zone("Australia/Brisbane");

    private static String day(String date, String value, String quality) {
        return "300," + date + "," + String.join(",", Collections.nCopies(48, value)) + "," + quality
                + ",,,20261123,\n";
    }

    @Test
    void givesEachIntervalTheQualityOfItsRange() throws Exception {
        String file = HEAD + CHANNEL + day("20261122", "1.5", "V") + "400,1,20,F14,76,\n400,21,48,A,,\n" + END;

        Piece piece = nem.read(file).get(0);

        assertThat(piece.refusal()).isNull();
        assertThat(nem.value(piece, "DATE")).isEqualTo("20261122");
        assertThat(nem.cells(piece, "values", "METHOD").subList(18, 22)).containsExactly("F14", "F14", "", "");
        assertThat(nem.cells(piece, "values", "QUALITY").subList(18, 22)).containsExactly("F", "F", "A", "A");
        assertThat(nem.cells(piece, "values", "REASON").get(0)).isEqualTo("76");
    }

    @Test
    void refusesADayAloneThatIsNotWhatItsChannelAnnounces() throws Exception {
        String file = HEAD
                + CHANNEL
                + "300,20261120,V,,,20261123,\n"
                + day("20261121", "1", "A")
                + "300,20261122,1,2\n3,4,5,A,,,,\n"
                + day("20261123", "1", "V") + "400,1,47,A,,\n"
                + day("20261124", "1", "V") + "400,1,96,A,,\n"
                + END;

        List<Piece> pieces = nem.read(file);

        assertThat(pieces.stream()
                        .map(piece ->
                                piece.refusal() == null ? null : piece.refusal().reason()))
                .containsExactly(Reason.FIELD_COUNT, null, Reason.FIELD_COUNT, Reason.FILE_FORM, Reason.FILE_FORM);
    }

    @Test
    void refusesAFileWithoutItsEnd() {
        assertThat(nem.refusal(HEAD + CHANNEL + day("20261122", "1", "A"))).isEqualTo(Reason.FILE_SHORT);
        assertThat(nem.refusal(HEAD + CHANNEL + END + CHANNEL)).isEqualTo(Reason.FILE_FORM);
        assertThat(nem.refusal("100,NEM13,202611230015,A,B\n" + END)).isEqualTo(Reason.FILE_HEADER);
        assertThat(nem.refusal("hello\n" + END)).isEqualTo(Reason.FILE_HEADER);
        assertThat(nem.refusal("100,NEM12,yesterday,A,B\n" + END)).isEqualTo(Reason.FILE_HEADER);
    }

    @Test
    void readsOnWithoutAHeaderAndTellsIt() throws Exception {
        Format.Sound sound = nem.sound(CHANNEL + day("20261122", "1", "A") + END);

        assertThat(sound.notes()).containsExactly(Reason.HEADER_MISSING);
        assertThat(sound.businessTime()).isNull();
    }

    @Test
    void goesOnBehindTheLineThatIsDone() throws Exception {
        String file = HEAD + CHANNEL + day("20261121", "1", "A") + day("20261122", "2", "A") + END;
        List<Piece> all = nem.read(file);

        List<Piece> rest =
                nem.read(file.getBytes(StandardCharsets.UTF_8), all.get(0).ordinal());

        assertThat(all).hasSize(2);
        assertThat(rest).hasSize(1);
        assertThat(nem.value(rest.get(0), "NMI")).isEqualTo("6123456789");
        assertThat(rest.get(0).locator()).isEqualTo("f:4");
    }

    @Test
    void cutsKeptBytesAgain() throws Exception {
        String file = HEAD + CHANNEL + day("20261122", "1.5", "V") + "400,1,48,S14,76,\n500,O,x\n" + END;
        Piece piece = nem.read(file).get(0);

        Piece again = nem.format().again(piece.bytes().get(), piece.ordinal(), piece.locator());

        assertThat(Trial.say(again)).isEqualTo(Trial.say(piece));
        assertThat(new String(piece.bytes().get(), StandardCharsets.UTF_8))
                .startsWith("200,")
                .doesNotContain("500,");
    }

    @Test
    void boundsALineAndARecord() throws Exception {
        String giant = "300,20261121," + "1,".repeat(40_000) + "A\n";
        String many = day("20261122", "1", "V") + "400,1,1,A,,\n".repeat(40_000);

        List<Piece> pieces = nem.read(HEAD + CHANNEL + giant + many + day("20261123", "1", "A") + END);

        assertThat(pieces.stream()
                        .map(piece ->
                                piece.refusal() == null ? null : piece.refusal().reason()))
                .containsExactly(Reason.LINE_LENGTH, Reason.LINE_LENGTH, null);
    }

    @Test
    void readsAccumulations() throws Exception {
        Trial readings = new Trial("nem13").columns("NMI", "SUFFIX", "CURRENT_TIME", "QUANTITY", "UOM");
        String file = "100,NEM13,202611230015,A,B\n"
                + "250,V1,11,1,11,11,M,E,1,20260801000000,A,,,9,20261101000000,A,,,8.5,kWh,20270201,,\n550,N,x,y,\n900\n";

        Piece piece = readings.read(file).get(0);

        assertThat(Trial.say(piece)).isEqualTo("[V1, 11, 20261101000000, 8.5, kWh] ");
        assertThat(Trial.say(readings.format().again(piece.bytes().get(), 2, "f:2")))
                .isEqualTo(Trial.say(piece));
    }

    @Test
    void keepsAReturnThatIsNotOfItsLineEnd() throws Exception {
        String file = HEAD + CHANNEL + day("20261122", "1.5", "A").replace("20261123,\n", "20261123\r\r\n") + END;
        Piece piece = nem.read(file).get(0);

        Piece again = nem.format().again(piece.bytes().get(), piece.ordinal(), piece.locator());

        assertThat(nem.value(piece, "UPDATED")).isEqualTo("20261123\r");
        assertThat(Trial.say(again)).isEqualTo(Trial.say(piece));
    }
}
