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

    static String text(JsonNode score) {
        Table table = new Table("rule", "linked", "right", "precision", "review", "right of them");
        for (JsonNode row : score.path("rules")) {
            table.row(
                    row.path("rule").asText(),
                    row.path("linked").asLong(),
                    row.path("right").asLong(),
                    row.path("precision").asText(),
                    row.path("review").asLong(),
                    row.path("reviewRight").asLong());
        }
        Table whole = new Table("all together, also over a third record", "");
        whole.row("records of customers", number(score, "customers"));
        whole.row("pairs that are of one customer", number(score, "pairs"));
        whole.row("pairs that are linked", number(score, "linked"));
        whole.row("of these right", number(score, "right"));
        whole.row("precision", score.path("precision").asText());
        whole.row("recall", score.path("recall").asText());
        whole.row(
                "recall, review counted as found",
                score.path("recallWithReview").asText());
        whole.row("pairs in review", number(score, "review"));
        whole.row(
                "in review, as a share of customers", score.path("reviewShare").asText());
        StringBuilder wrong = new StringBuilder();
        for (JsonNode pair : score.path("wrong")) {
            wrong.append('\n')
                    .append(pair.path("rule").asText())
                    .append(" should not link ")
                    .append(pair.path("left").asText())
                    .append("\n  with ")
                    .append(pair.path("right").asText());
        }
        return table.text() + "\n\n" + whole.text() + (wrong.isEmpty() ? "" : "\n" + wrong);
    }

    private static String number(JsonNode score, String field) {
        return "%,d".formatted(score.path(field).asLong());
    }
}
