package isthmus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALL = "1.000";

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The directory of the demo.")
    private Path data = Path.of("");

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() throws Exception {
        if (Files.notExists(data.resolve("islands.json")) || Files.notExists(data.resolve("truth"))) {
            throw new Refusal(
                    Exit.USAGE,
                    "There is no demo with a truth in " + data + "; start one: isthmus demo --data " + data);
        }
        JsonNode score;
        try (Islands islands = Islands.on(Home.here(), data.toAbsolutePath(), List.of(), voice::doing)) {
            voice.doing("comparing the nights with the truth");
            score = score(islands);
        }
        if (score.path("nights").asInt() == 0) {
            throw new Refusal(
                    Exit.USAGE, "No night has ended on this demo; run one: isthmus reconcile run --data " + data);
        }
        voice.answer(score, text(score));
        boolean isPerfect = true;
        for (JsonNode row : score.path("checks")) {
            isPerfect &= row.path("precision").asText().equals(ALL)
                    && row.path("recall").asText().equals(ALL);
        }
        return isPerfect ? Exit.OK : Exit.CHECK_FAILED;
    }

    private JsonNode score(Islands islands) throws IOException, InterruptedException {
        List<String> command = Home.here().demoJvm("isthmus.demo.truth.Score", "256m");
        command.add(data.toAbsolutePath().toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        islands.environment().forEach((name, value) -> builder.environment().put(name, value.toString()));
        Process process = builder.start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new Refusal(Exit.CHECK_FAILED, "The score could not be worked out; the reason stands above.");
        }
        return JSON.readTree(answer);
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
        return table.text() + "\n" + misses + repaired;
    }
}
