package isthmus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The demo's servers as seen from the hub: a JVM of their own that speaks a line protocol ({@code tide}, {@code check},
 * {@code stop}); started when nobody runs them on the directory, and then stopped on close.
 */
final class Islands implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String FAILED = "failed ";

    private final Path data;
    private final @Nullable Process process;
    private final @Nullable BufferedReader answers;
    private final @Nullable Writer questions;
    private final JsonNode card;

    private Islands(
            Path data,
            @Nullable Process process,
            @Nullable BufferedReader answers,
            @Nullable Writer questions,
            JsonNode card) {
        this.data = data;
        this.process = process;
        this.answers = answers;
        this.questions = questions;
        this.card = card;
    }

    /** Connects to the islands that run on the directory, or starts them. */
    static Islands on(Home home, Path data, List<String> options, Consumer<String> progress) {
        Path cardFile = data.resolve("islands.json");
        try {
            if (Files.exists(cardFile)) {
                JsonNode card = JSON.readTree(cardFile.toFile());
                if (ProcessHandle.of(card.path("pid").asLong(-1))
                        .filter(ProcessHandle::isAlive)
                        .isPresent()) {
                    return new Islands(data, null, null, null, card);
                }
            }
            return start(home, data, options, progress);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static Islands start(Home home, Path data, List<String> options, Consumer<String> progress)
            throws IOException {
        Files.createDirectories(data.resolve("log"));
        List<String> command = home.demoJvm("isthmus.demo.Islands", "1g");
        command.addAll(
                List.of("--data", data.toString(), "--broker-lib", home.broker().toString()));
        command.addAll(options);
        Process process = new ProcessBuilder(command)
                .redirectError(data.resolve("log/islands.log").toFile())
                .start();
        var answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var questions = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        String why = "";
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith("progress ")) {
                progress.accept(line.substring("progress ".length()));
            } else if (line.startsWith(FAILED)) {
                why = ": " + line.substring(FAILED.length());
            } else if (line.startsWith("ready ")) {
                JsonNode card = JSON.readTree(data.resolve("islands.json").toFile());
                return new Islands(data, process, answers, questions, card);
            }
        }
        process.destroy();
        throw new Refusal(
                Exit.CANNOT_REACH,
                "The demo's servers did not start" + why + "; see " + data.resolve("log/islands.log"));
    }

    /** Connection settings by the names that routes/ and config/ ask for, and what a hub keeps lies with the demo's own. */
    Map<String, Object> environment() {
        Map<String, Object> environment = new LinkedHashMap<>();
        card.path("env")
                .properties()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
        environment.put("ISTHMUS_AUDIT_KEY", data.resolve("audit-key.pem").toString());
        environment.put("ISTHMUS_AUDIT_HEADS", data.resolve("audit-heads").toString());
        return environment;
    }

    JsonNode card() {
        return card;
    }

    boolean ours() {
        return process != null;
    }

    /** Lets the second tide in: late commits, corrected files, changed customers. */
    void tide() {
        ask("tide");
    }

    /** The truth checker's verdict over Kafka and SQL. */
    JsonNode check() {
        try {
            return JSON.readTree(ask("check"));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private String ask(String question) {
        if (answers == null || questions == null) {
            throw new Refusal(Exit.REFUSED, "The demo's servers run under another command; ask there.");
        }
        try {
            questions.write(question + "\n");
            questions.flush();
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(question + " ")) {
                    return line.substring(question.length() + 1);
                }
                if (line.startsWith(FAILED)) {
                    throw new Refusal(
                            Exit.CHECK_FAILED,
                            "The demo's servers could not " + question + ": " + line.substring(FAILED.length()));
                }
            }
            throw new Refusal(Exit.CANNOT_REACH, "The demo's servers ended while asked to " + question + ".");
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @Override
    public void close() {
        if (process == null || questions == null) {
            return;
        }
        try {
            questions.write("stop\n");
            questions.close();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
