package isthmus.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The bare chain in a JVM of its own, with the hub's heap and collector. */
final class BareProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;
    private final Path log;

    private BareProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        questions = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    }

    /** @param source the query's file, or the folder of the files */
    static BareProcess start(Home home, Path directory, Map<String, Object> environment, Path source)
            throws IOException {
        Path log = directory.resolve("log/bare.log");
        List<String> command = home.demoJvm("isthmus.demo.bench.BareChain", "512m");
        command.add(source.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        environment.forEach((name, value) -> builder.environment().put(name, value.toString()));
        var bare = new BareProcess(builder.start(), log);
        bare.hear("ready");
        return bare;
    }

    long pid() {
        return process.pid();
    }

    /** Asks and waits for the number that is answered. */
    long ask(String question) throws IOException {
        questions.write(question + "\n");
        questions.flush();
        return Long.parseLong(hear("done ").substring("done ".length()));
    }

    private String hear(String beginning) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new Refusal(Exit.CHECK_FAILED, "The bare chain broke: " + Files.readString(log));
    }

    @Override
    public void close() throws IOException {
        try (questions) {
            questions.write("end\n");
            questions.flush();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
