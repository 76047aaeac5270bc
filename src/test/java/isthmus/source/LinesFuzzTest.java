package isthmus.source;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.NullUnmarked;

/** The market's record types of NEM12 and NEM13, and columns of fixed width. */
@NullUnmarked
class LinesFuzzTest {
    private static final AnyBytes INTERVALS = AnyBytes.of(
            new Trial("nem12")
                    .columns("NMI", "SUFFIX", "UOM", "INTERVAL", "DATE", "QUALITY_METHOD", "UPDATED", "LOADED")
                    .child("values", "NO", "VALUE", "QUALITY", "METHOD", "REASON"),
            StandardCharsets.UTF_8);
    private static final AnyBytes READINGS = AnyBytes.of(
            new Trial("nem13").columns("NMI", "SUFFIX", "CURRENT_TIME", "QUANTITY", "UOM"), StandardCharsets.UTF_8);
    private static final AnyBytes FIXED = AnyBytes.of(
            new Trial("fixed")
                    .columns("NO at 2..5", "NAME at 6..12")
                    .charset("GBK")
                    .with("header", "H")
                    .with("detail", "D")
                    .with("trailer", "T,2..4"),
            java.nio.charset.Charset.forName("GBK"));

    @FuzzTest(maxDuration = "5m")
    void lines(byte[] bytes) throws IOException {
        INTERVALS.hold(bytes);
        READINGS.hold(bytes);
        FIXED.hold(bytes);
    }
}
