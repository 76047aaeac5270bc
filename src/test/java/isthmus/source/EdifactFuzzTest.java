package isthmus.source;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.NullUnmarked;

/** MSCONS interchanges, a profile a record and dealt out to days. */
@NullUnmarked
class EdifactFuzzTest {
    private static final AnyBytes WHOLE = AnyBytes.of(
            new Trial("mscons")
                    .columns("INTERCHANGE", "SENDER", "MESSAGE", "DOCUMENT", "CREATED", "LOCATION", "PRODUCT")
                    .child("values", "QUALIFIER", "VALUE", "UNIT", "FROM", "TO", "STATUS"),
            StandardCharsets.UTF_8);
    private static final AnyBytes DEALT = AnyBytes.of(
            new Trial("mscons")
                    .columns("LOCATION", "PRODUCT", "DAY at =day")
                    .child("values", "VALUE", "FROM", "TO", "TIME at =time", "UNTIL at =until")
                    .with("days", "values")
                    .with("time", "FROM")
                    .with("until", "TO")
                    .charset("ISO-8859-1"),
            StandardCharsets.ISO_8859_1);

    @FuzzTest(maxDuration = "5m")
    void mscons(byte[] bytes) throws IOException {
        WHOLE.hold(bytes);
        DEALT.hold(bytes);
    }
}
