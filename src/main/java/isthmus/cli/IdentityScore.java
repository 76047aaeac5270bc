package isthmus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code isthmus identity score}: which records of a demo's customers were linked, against who they are. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description =
                "Compares the links on a demo with who is behind each customer's record: precision and recall by pairs.")
final class IdentityScore implements Callable<Integer> {
    /** What a link is worth that nobody has looked at (model.md 7.4). */
    private static final BigDecimal ENOUGH = new BigDecimal("0.99");

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The directory of the demo.")
    private Path data = Path.of("");

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() throws Exception {
        JsonNode score = DemoScore.of(data, voice).path("identity");
        if (score.isMissingNode()) {
            throw new Refusal(
                    Exit.USAGE, "The demo in " + data + " was made without a truth about persons; make a new one.");
        }
        voice.answer(score, text(score));
        boolean isGood = new BigDecimal(score.path("precision").asText()).compareTo(ENOUGH) >= 0;
        return isGood ? Exit.OK : Exit.CHECK_FAILED;
    }

    private static String text(JsonNode score) {
        Table table = new Table("rule", "linked", "right", "precision", "recall", "review", "right of these");
        for (JsonNode row : score.path("rules")) {
            table.row(
                    row.path("rule").asText(),
                    row.path("linked").asLong(),
                    row.path("right").asLong(),
                    row.path("precision").asText(),
                    row.path("recall").asText(),
                    row.path("review").asLong(),
                    row.path("reviewRight").asLong());
        }
        String whole = """
                %,d records of customers, %,d pairs of them of one customer
                linked  %,d pairs, %,d of them right: precision %s, recall %s
                review  %,d pairs, %s of the records; were they decided, recall %s""".formatted(
                        score.path("customers").asLong(),
                        score.path("pairs").asLong(),
                        score.path("linked").asLong(),
                        score.path("right").asLong(),
                        score.path("precision").asText(),
                        score.path("recall").asText(),
                        score.path("review").asLong(),
                        score.path("reviewShare").asText(),
                        score.path("recallWithReview").asText());
        StringBuilder wrong = new StringBuilder();
        for (JsonNode pair : score.path("wrong")) {
            wrong.append('\n')
                    .append(pair.path("rule").asText())
                    .append(" should not link ")
                    .append(pair.path("left").asText())
                    .append("\n  with ")
                    .append(pair.path("right").asText());
        }
        return table.text() + "\n\n" + whole + (wrong.isEmpty() ? "" : "\n" + wrong);
    }
}
