package isthmus.source;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Piece;
import isthmus.model.Reason;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class FixedWidthTest {
    private static final Charset GB18030 = Charset.forName("GB18030");

    private final Trial fixed = new Trial("fixed")
            .columns("NO at 2..5", "NAME at 6..11", "SUM at 12..15")
            .with("header", "H")
            .with("detail", "D")
            .with("trailer", "T,2..4")
            .charset("GB18030");

    @Test
    void countsBytesAndNotCharacters() throws Exception {
        byte[] file = "H20261123\nD0001张三丰  12\nD0002李四     7\nT  2\n".getBytes(GB18030);

        List<Piece> pieces = fixed.read(file, 0);

        assertThat(pieces.stream().map(Trial::say)).containsExactly("[0001, 张三丰, 12] ", "[0002, 李四, 7] ");
        assertThat(fixed.read(file, 2).stream().map(Piece::locator)).containsExactly("f:3");
        Piece again = fixed.format().again(pieces.get(0).bytes().get(), 2, "f:2");
        assertThat(Trial.say(again)).isEqualTo(Trial.say(pieces.get(0)));
    }

    @Test
    void refusesALineAloneThatEndsInAColumnOrIsOfAnotherKind() throws Exception {
        List<Piece> pieces = fixed.read("H\nD0001AB\nD0001\nX0002\nD0003ABCDEF  12\nT  4\n");

        assertThat(pieces.stream()
                        .map(piece ->
                                piece.refusal() == null ? null : piece.refusal().reason()))
                .containsExactly(Reason.FIELD_COUNT, null, Reason.FIELD_COUNT, null);
    }

    @Test
    void refusesAFileThatIsNotWhole() {
        assertThat(fixed.refusal("D0001ABCDEF  12\nT  1\n")).isEqualTo(Reason.FILE_HEADER);
        assertThat(fixed.refusal("H\nD0001ABCDEF  12\n")).isEqualTo(Reason.FILE_SHORT);
        assertThat(fixed.refusal("H\nD0001ABCDEF  12\nT  2\n")).isEqualTo(Reason.TRAILER_COUNT);
    }
}
