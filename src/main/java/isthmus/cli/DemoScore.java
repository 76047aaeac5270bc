package isthmus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a demo's nights have found, against its truth: asked of a process of the demo's own, which shares no code. */
final class DemoScore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DemoScore() {}

    static JsonNode of(Path data, Voice voice) throws IOException, InterruptedException {
        if (Files.notExists(data.resolve("islands.json")) || Files.notExists(data.resolve("truth"))) {
            throw new Refusal(
                    Exit.USAGE,
                    "There is no demo with a truth in " + data + "; start one: isthmus demo --data " + data);
        }
        JsonNode score;
        try (Islands islands = Islands.on(Home.here(), data.toAbsolutePath(), List.of(), voice::doing)) {
            voice.doing("comparing the nights with the truth");
            score = of(data, islands);
        }
        if (score.path("nights").asInt() == 0) {
            throw new Refusal(
                    Exit.USAGE, "No night has ended on this demo; run one: isthmus reconcile run --data " + data);
        }
        return score;
    }

    private static JsonNode of(Path data, Islands islands) throws IOException, InterruptedException {
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
}
