package isthmus.demo.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * One line of the truth file; the record, when there is one, is its last field and stays text.
 *
 * @param head the line without its record
 */
record TruthLine(JsonNode head, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RECORD = ",\"record\":";

    static TruthLine of(String line) {
        try {
            int at = line.startsWith("{\"kind\":\"record\"") ? line.indexOf(RECORD) : -1;
            return at < 0
                    ? new TruthLine(JSON.readTree(line), "")
                    : new TruthLine(
                            JSON.readTree(line.substring(0, at) + "}"),
                            line.substring(at + RECORD.length(), line.length() - 1));
        } catch (IOException e) {
            throw new UncheckedIOException("truth is not readable: " + line, e);
        }
    }

    /** All lines of the file, one at a time. */
    static Stream<TruthLine> read(Path file) throws IOException {
        BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file), 1 << 16), StandardCharsets.UTF_8),
                1 << 16);
        return in.lines().map(TruthLine::of).onClose(() -> close(in));
    }

    private static void close(BufferedReader in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String kind() {
        return text("kind");
    }

    String text(String field) {
        return head.path(field).asText();
    }

    boolean is(String field) {
        return head.path(field).asBoolean();
    }
}
