package isthmus.source;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Piece;
import isthmus.model.Reason;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** What files of delimited fields are like outside of the standard's pages. */
@NullUnmarked
class DelimitedTest {
    private final Trial delimited = new Trial("delimited")
            .columns("NO", "NOTE", "SUM")
            .with("header", "columns")
            .with("delimiter", ";");

    @Test
    void readsWhatASpreadsheetWrites() throws Exception {
        // a mark of UTF-8, CRLF, a doubled quote, a delimiter between quotes, no line end at the end
        List<Piece> pieces = delimited.read("\uFEFFNO;NOTE;SUM\r\n1;\"he said \"\"no\"\"; twice\";2.50\r\n2;;3");

        assertThat(pieces.stream().map(Trial::say)).containsExactly("[1, he said \"no\"; twice, 2.50] ", "[2, , 3] ");
        assertThat(pieces.stream().map(Piece::locator)).containsExactly("f:2", "f:3");
    }

    @Test
    void readsFieldsOfSeveralLinesWhereTheyAreDeclared() throws Exception {
        String file = "NO;NOTE;SUM\n1;\"one\ntwo\n\";2\n2;three;4\nT;2;6\n";
        Trial multiline =
                delimited.with("trailer", "T;count;sum").with("control", "SUM").with("multiline", "true");

        List<Piece> pieces = multiline.read(file);

        assertThat(pieces.stream().map(Trial::say)).containsExactly("[1, one\ntwo\n, 2] ", "[2, three, 4] ");
        assertThat(pieces.stream().map(Piece::locator)).containsExactly("f:2", "f:5");
        assertThat(multiline.read(file.getBytes(java.nio.charset.StandardCharsets.UTF_8), 2).stream()
                        .map(Piece::locator))
                .as("behind the first")
                .containsExactly("f:5");
        Piece again = multiline.format().again(pieces.get(0).bytes().get(), 2, "f:2");
        assertThat(Trial.say(again)).isEqualTo(Trial.say(pieces.get(0)));
    }

    @Test
    void refusesTheLineAloneWhereTheyAreNot() throws Exception {
        List<Piece> pieces = delimited.read("NO;NOTE;SUM\n1;\"one\ntwo\";2\n2;three;4\n");

        assertThat(pieces.stream()
                        .map(piece ->
                                piece.refusal() == null ? null : piece.refusal().reason()))
                .containsExactly(Reason.QUOTE, Reason.FIELD_COUNT, null);
    }

    @Test
    void cutsALineAgainWhoseFileHasMoreColumnsThanAreRead() throws Exception {
        Piece piece = delimited.read("NO;NOTE;SUM;MORE\n1;\"a;b\";2;9\n").get(0);

        Piece again = delimited.format().again(piece.bytes().get(), 2, "f:2");

        assertThat(Trial.say(piece)).isEqualTo("[1, a;b, 2] ");
        assertThat(Trial.say(again)).isEqualTo(Trial.say(piece));
    }
}
