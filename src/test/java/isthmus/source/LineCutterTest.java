package isthmus.source;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Reason;
import java.nio.charset.Charset;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked
class LineCutterTest {
    private static final Charset GB18030 = Charset.forName("GB18030");

    private static LineCutter.Cut cut(String line, int columns) {
        byte[] bytes = ("xx" + line).getBytes(GB18030);
        return new LineCutter(GB18030, ',', "D", columns).cut(bytes, 2, bytes.length - 2);
    }

    @Test
    void unquotesAndKeepsEmptyFields() {
        LineCutter.Cut cut = cut("D,,\"a,\"\"b\"\"\",张,\"\"", 4);

        assertThat(cut.refusal()).isNull();
        assertThat(cut.values()).containsExactly("", "a,\"b\"", "张", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "D,\"a,b|QUOTE",
                "D,\"a\"x,b|QUOTE",
                "D,a|FIELD-COUNT",
                "D,a,b,c|FIELD-COUNT",
                "X,a,b|FIELD-COUNT",
                "D,\"|QUOTE"
            })
    void refusesWhatIsNoLine(String line, String reason) {
        assertThat(cut(line, 2).refusal().reason().code()).isEqualTo(reason);
    }

    @Test
    void neverReplacesABadByte() {
        byte[] bytes = {'D', ',', (byte) 0xff, (byte) 0xff, ',', 'b'};

        assertThat(new LineCutter(GB18030, ',', "D", 2)
                        .cut(bytes, 0, bytes.length)
                        .refusal()
                        .reason())
                .isEqualTo(Reason.CHARSET);
    }
}
