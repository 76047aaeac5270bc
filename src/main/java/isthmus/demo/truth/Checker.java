package isthmus.demo.truth;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;

/** Compares what came out of the hub with the truth, by SQL and Kafka alone. */
public final class Checker {
    private Checker() {}

    /**
     * One line of JSON: {@code lost}, {@code duplicated}, {@code wrong}, {@code unexplained} (all nought when the hub is
     * right), {@code expected}, {@code explained} and at most 20 {@code samples}.
     */
    public static String check(Path dir, String storeUrl, String storeUser, String storePassword, String kafkaBootstrap)
            throws IOException, SQLException {
        Path truth = dir.resolve("truth.jsonl.gz");
        Verdict verdict = new Verdict();
        Comparison records = new Comparison(verdict);
        Refusals refusals = new Refusals(verdict);
        for (JsonNode drift : JsonLines.read(dir.resolve("truth").resolve("drift.jsonl"))) {
            records.leaveOut(drift.path("id").asText());
        }
        StoreTables store = new StoreTables(storeUrl, storeUser, storePassword);
        try (Stream<TruthLine> lines = TruthLine.read(truth)) {
            lines.forEach(line -> expect(line, records, refusals));
        }
        Unsealed unsealed = Unsealed.of(storeUrl, storeUser, storePassword);
        store.records(row -> records.see(row.with(unsealed.open(row.id(), row.body()))));
        store.quarantine(refusals::see);
        new FeedTopics(kafkaBootstrap)
                .events(event -> records.see(event.with(unsealed.open(event.subject(), event.body()))));
        try (Stream<TruthLine> again = TruthLine.read(truth)) {
            records.finish(again);
        }
        refusals.finish();
        return verdict.json();
    }

    static void expect(TruthLine line, Comparison records, Refusals refusals) {
        switch (line.kind()) {
            case "record" -> records.expect(line);
            case "reject" -> refusals.expect(line);
            default -> {}
        }
    }
}
