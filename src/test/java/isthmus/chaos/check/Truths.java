package isthmus.chaos.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.demo.truth.Checker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** I1 and half of I2: the islands' own truth against store, quarantine and feed, record by record. */
final class Truths {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Truths() {}

    /** Both answers come from one comparison. */
    static void check(Ground ground, Verdict lost, Verdict doubled) throws IOException, SQLException {
        JsonNode verdict = JSON.readTree(Checker.check(
                ground.data(),
                ground.text("ISTHMUS_STORE_URL"),
                ground.text("ISTHMUS_STORE_USER"),
                ground.text("ISTHMUS_STORE_PASSWORD"),
                ground.text("ISTHMUS_KAFKA")));
        for (String count : new String[] {"expected", "explained", "lost", "wrong", "unexplained"}) {
            lost.count(count, verdict.path(count).asLong());
        }
        // An event that is told again is what "at least once" means; I3 looks whether it is the same event.
        long resent = verdict.path("resent").asLong();
        long twice = verdict.path("duplicated").asLong() - resent;
        doubled.count("resent", resent);
        doubled.require(twice == 0, "%d subjects stand there twice", twice);
        for (JsonNode sample : verdict.path("samples")) {
            String kind = sample.path("kind").asText();
            String why = sample.path("why").asText();
            if (!kind.equals("duplicated")) {
                lost.breach("%s %s: %s", kind, sample.path("id").asText(), why);
            } else if (!why.endsWith("was published twice")) {
                doubled.breach("%s: %s", sample.path("id").asText(), why);
            }
        }
        long bad = verdict.path("lost").asLong()
                + verdict.path("wrong").asLong()
                + verdict.path("unexplained").asLong();
        lost.require(bad == 0, "%d records or refusals are not as the islands say", bad);
    }

    /** Every line of the truth file. */
    static void lines(Path data, Consumer<JsonNode> each) throws IOException {
        Path truth = data.resolve("truth.jsonl.gz");
        try (var in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(truth), 1 << 16), StandardCharsets.UTF_8))) {
            in.lines().map(Truths::parse).forEach(each);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
