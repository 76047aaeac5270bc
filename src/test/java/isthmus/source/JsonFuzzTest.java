package isthmus.source;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.NullUnmarked;

/** JSON documents, dealt out to days and not, and a document a line. */
@NullUnmarked
class JsonFuzzTest {
    private static final AnyBytes DOCUMENTS = AnyBytes.ofDocuments(
            new Trial("json")
                    .with("record", "/list")
                    .columns("DAY at /day", "NO at no", "NAME at who/name")
                    .child("lines", "AMOUNT at amount"),
            StandardCharsets.UTF_8);
    private static final AnyBytes DEALT = AnyBytes.ofDocuments(
            new Trial("json")
                    .with("record", "/list")
                    .columns("NO at no", "START at start", "END at end", "STEP at step", "DAY at =day")
                    .child("lines", "AMOUNT at amount", "AT at at", "TIME at =time")
                    .with("days", "lines")
                    .with("position", "AT")
                    .with("start", "START")
                    .with("end", "END")
                    .with("interval", "STEP"),
            StandardCharsets.UTF_8);
    private static final AnyBytes LINES = AnyBytes.of(
            new Trial("jsonl").columns("NO at no", "NAME at who/name").child("lines", "AMOUNT at amount"),
            StandardCharsets.UTF_8);

    @FuzzTest(maxDuration = "5m")
    void json(byte[] bytes) throws IOException {
        DOCUMENTS.hold(bytes);
        DEALT.hold(bytes);
        LINES.hold(bytes);
    }
}
