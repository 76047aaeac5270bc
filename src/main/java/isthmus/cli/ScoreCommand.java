package isthmus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code isthmus score}: what the nights found, against what the demo had planted for them to find. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description =
                "Compares what the nights found on a demo with what was planted there: precision and recall by check.")
final class ScoreCommand implements Callable<Integer> {
    private static final String ALL = "1.000";

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The directory of the demo.")
    private Path data = Path.of("");

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() throws Exception {
        JsonNode score = DemoScore.of(data, voice);
        voice.answer(score, text(score));
        boolean isPerfect = true;
        for (JsonNode row : score.path("checks")) {
            isPerfect &= row.path("precision").asText().equals(ALL)
                    && row.path("recall").asText().equals(ALL);
        }
        return isPerfect ? Exit.OK : Exit.CHECK_FAILED;
    }

    private static String text(JsonNode score) {
        Table table = new Table("check", "planted", "found", "near", "precision", "recall", "causes");
        StringBuilder misses = new StringBuilder();
        for (JsonNode row : score.path("checks")) {
            String check = row.path("check").asText();
            table.row(
                    check,
                    row.path("planted").asLong(),
                    row.path("found").asLong(),
                    row.path("near").asLong(),
                    row.path("precision").asText(),
                    row.path("recall").asText(),
                    row.path("causes").asText());
            row.path("missed")
                    .forEach(name -> misses.append(check)
                            .append(" missed ")
                            .append(name.asText())
                            .append('\n'));
            row.path("wrong")
                    .forEach(name -> misses.append(check)
                            .append(" should not name ")
                            .append(name.asText())
                            .append('\n'));
        }
        String repaired = "\nOf what stood between the shores, repaired: "
                + score.path("repaired").asText();
        return table.text() + "\n" + misses + repaired + identity(score.path("identity"));
    }

    private static String identity(JsonNode identity) {
        return identity.isMissingNode()
                ? ""
                : "\nOf the records that are of one customer, linked: "
                        + identity.path("recall").asText()
                        + ", and with what waits for review "
                        + identity.path("recallWithReview").asText() + "; of what is linked, right: "
                        + identity.path("precision").asText();
    }
}
