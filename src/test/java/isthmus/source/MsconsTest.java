package isthmus.source;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Piece;
import isthmus.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class MsconsTest {
    private static final String HEAD = "UNB+UNOC:3+SENDER:500+RECEIVER:500+261123:0015+REF1'"
            + "UNH+1+MSCONS:D:04B:UN:2.2e'BGM+7+DOC1+9'DTM+137:202611230015:203'NAD+MS+SENDER::293'UNS+D'NAD+DP'";
    private static final String PROFILE = "LOC+172+DE0001'LIN+1'PIA+5+1-1?:1.29.0:SRW'"
            + "QTY+220:1,5'DTM+163:202611212345?+01:303'DTM+164:202611220000?+01:303'"
            + "QTY+67:2'DTM+163:202611220000?+01:303'DTM+164:202611220015?+01:303'";

    private final Trial plain = new Trial("mscons")
            .columns("INTERCHANGE", "DOCUMENT", "LOCATION", "PRODUCT", "DAY at =day")
            .child("values", "QUALIFIER", "VALUE", "FROM", "TO", "TIME at =time")
            .charset("ISO-8859-1");
    private final Trial dealt = new Trial("mscons")
            .columns("LOCATION", "PRODUCT", "DAY at =day")
            .child("values", "VALUE", "FROM", "TIME at =time")
            .with("days", "values")
            .with("time", "FROM");

    private static String file(int segments) {
        return HEAD + PROFILE + "UNT+" + segments + "+1'UNZ+1+REF1'";
    }

    @Test
    void readsAProfileWithItsQuantities() throws Exception {
        Piece piece = plain.read(file(16)).get(0);

        assertThat(Trial.say(piece))
                .isEqualTo("[REF1, DOC1, DE0001, 1-1:1.29.0, null]"
                        + "[220, 1.5, 202611212345+01, 202611220000+01, null]"
                        + "[67, 2, 202611220000+01, 202611220015+01, null] ");
    }

    @Test
    void dealsItOutToLocalDaysAndCutsEachAgain() throws Exception {
        List<Piece> days = dealt.read(file(16));

        assertThat(days.stream().map(Trial::say))
                .containsExactly(
                        "[DE0001, 1-1:1.29.0, 2026-11-21][1.5, 202611212345+01, 2026-11-21T23:45:00+01:00] ",
                        "[DE0001, 1-1:1.29.0, 2026-11-22][2, 202611220000+01, 2026-11-22T00:00:00+01:00] ");
        assertThat(days.get(1).locator()).isEqualTo("f:1@2026-11-22");
        for (Piece day : days) {
            Piece again = dealt.format().again(day.bytes().get(), day.ordinal(), day.locator());
            assertThat(Trial.say(again)).isEqualTo(Trial.say(day));
        }
        assertThat(dealt.read(file(16).getBytes(StandardCharsets.UTF_8), 1)).hasSize(1);
    }

    @Test
    void readsTheServiceStringOfTheSender() throws Exception {
        String other = file(16).replace(":", "#")
                .replace("?#", "!#")
                .replace("+", "|")
                .replace("?|", "+")
                .replace("'", "~");

        Piece piece = plain.read("UNA#|,! ~" + other).get(0);

        assertThat(plain.value(piece, "LOCATION")).isEqualTo("DE0001");
        assertThat(plain.cells(piece, "values", "VALUE")).containsExactly("1.5", "2");
        assertThat(plain.cells(piece, "values", "FROM").get(0)).isEqualTo("202611212345+01");
    }

    @Test
    void tellsAMessageThatCountsItsSegmentsWrong() throws Exception {
        assertThat(plain.sound(file(16)).notes()).isEmpty();
        assertThat(plain.sound(file(99)).notes()).containsExactly(Reason.COUNT_DECLARED);
    }

    @Test
    void refusesAnInterchangeThatIsNotWhole() {
        assertThat(plain.refusal(HEAD + PROFILE)).isEqualTo(Reason.FILE_SHORT);
        assertThat(plain.refusal(HEAD + PROFILE.substring(0, 80))).isEqualTo(Reason.FILE_SHORT);
        assertThat(plain.refusal(file(16).replace("UNZ+1", "UNZ+2"))).isEqualTo(Reason.TRAILER_COUNT);
        assertThat(plain.refusal(file(16).replace("UNZ+1+REF1", "UNZ+1+REF2"))).isEqualTo(Reason.TRAILER_COUNT);
        assertThat(plain.refusal(file(16).replace("MSCONS", "INVOIC"))).isEqualTo(Reason.FILE_FORM);
        assertThat(plain.refusal("hello")).isIn(Reason.FILE_SHORT, Reason.FILE_FORM);
    }

    @Test
    void cutsADayAgainOutOfAFileWhoseNameHoldsTheSignOfADay() throws Exception {
        Piece whole = plain.read(file(16)).get(0);
        Piece day = dealt.read(file(16)).get(1);

        assertThat(Trial.say(plain.format().again(whole.bytes().get(), 1, "a@b.edi:1")))
                .isEqualTo(Trial.say(whole));
        assertThat(Trial.say(dealt.format().again(day.bytes().get(), 2, "a@b.edi:1@2026-11-22")))
                .isEqualTo(Trial.say(day));
    }

    @Test
    void givesNoProfileAQuantityThatStandsBeforeIt() {
        String early = HEAD + "LOC+172+DE0001'QTY+220:9'LIN+1'QTY+220:1'UNT+11+1'UNZ+1+REF1'";

        assertThat(plain.refusal(early)).isEqualTo(Reason.FILE_FORM);
    }

    @Test
    void keepsNothingOfOneMessageForTheNext() throws Exception {
        String second = "UNH+2+MSCONS:D:04B:UN:2.2e'LIN+1'QTY+220:3'UNT+4+2'UNZ+2+REF1'";
        String two = HEAD + PROFILE + "UNT+16+1'" + second;

        List<Piece> pieces = plain.read(two);

        assertThat(plain.value(pieces.get(1), "DOCUMENT")).isNull();
        assertThat(plain.value(pieces.get(1), "LOCATION")).isNull();
        assertThat(Trial.say(plain.format().again(pieces.get(1).bytes().get(), 2, "f:2")))
                .isEqualTo(Trial.say(pieces.get(1)));
    }

    @Test
    void boundsWhatIsKeptOfAMessageThatNeverComesToAProfile() {
        assertThat(plain.refusal(HEAD + "FTX+AAI+++x'".repeat(10_000))).isEqualTo(Reason.LINE_LENGTH);
        assertThat(plain.refusal(HEAD + "LOC+172+DE0001'LIN+1'QTY+220:1'" + "STS+8+Z32'".repeat(500_000)))
                .isEqualTo(Reason.LINE_LENGTH);
    }

    @Test
    void refusesAServiceStringOfALetter() {
        assertThat(plain.refusal("UNAm|,! ~UNB|UNOCm3|S|R|261123m0015|REF1~")).isEqualTo(Reason.FILE_SHORT);
    }

    @Test
    void refusesAnInterchangeWithinAnother() {
        assertThat(plain.refusal(HEAD + file(16))).isEqualTo(Reason.FILE_FORM);
    }
}
