package isthmus.demo.truth;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Proves the hub's work against the generator's truth: reads the store by SQL and the feed from Kafka, and knows nothing of
 * the hub's own code.
 */
public final class Checker {
    private Checker() {}

    /** One line of JSON: lost, duplicated, wrong, unexplained, expected, explained, and up to 20 samples. */
    public static String check(Path dir, String storeUrl, String storeUser, String storePassword, String kafkaBootstrap)
            throws IOException, SQLException {
        TruthLines truth = new TruthLines(dir.resolve("truth.jsonl.gz"));
        Comparison comparison = new Comparison();
        truth.tell(comparison);
        new StoreRows(storeUrl, storeUser, storePassword).tell(comparison);
        new FeedEvents(kafkaBootstrap).tell(comparison);
        truth.closes(comparison);
        return json(comparison, truth);
    }

    private static String json(Comparison comparison, TruthLines truth) throws IOException {
        Map<String, String> actual = new HashMap<>();
        comparison.samples().stream()
                .filter(finding -> finding.actual() != null)
                .forEach(finding -> actual.put(finding.id(), String.valueOf(finding.actual())));
        Map<String, String> differences = truth.differences(actual);
        Map<String, Object> answer = new LinkedHashMap<>(comparison.counts());
        answer.put("expected", comparison.expectedRecords());
        answer.put("explained", comparison.explainedRefusals());
        List<Map<String, Object>> samples = comparison.samples().stream()
                .map(finding -> {
                    Map<String, Object> sample = new LinkedHashMap<>();
                    sample.put("kind", finding.kind());
                    sample.put("entity", finding.entity());
                    sample.put("id", finding.id());
                    sample.put("why", (finding.why() + " " + differences.getOrDefault(finding.id(), "")).strip());
                    return sample;
                })
                .toList();
        answer.put("samples", samples);
        return CanonicalJson.of(answer);
    }
}
