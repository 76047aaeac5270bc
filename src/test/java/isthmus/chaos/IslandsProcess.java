package isthmus.chaos;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The islands, the store and the broker: one child JVM that speaks the demo's line protocol. */
public final class IslandsProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;

    private IslandsProcess(Process process) {
        this.process = process;
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        questions = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    }

    /** Starts what lies in the directory, or lays a new world there. */
    static IslandsProcess start(Path data, long seed, int scale, int days) throws IOException {
        List<String> command = new ArrayList<>(java("768m"));
        command.addAll(List.of("-cp", classPath(), "isthmus.demo.Islands", "--data", data.toString()));
        command.addAll(List.of(
                "--broker-lib",
                Path.of("target", "demo-broker").toAbsolutePath().toString()));
        command.addAll(List.of("--seed", Long.toString(seed), "--scale", Integer.toString(scale)));
        command.addAll(List.of("--days", Integer.toString(days), "--faults", "nasty"));
        Path log = Files.createDirectories(data.resolve("log")).resolve("islands.log");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        var islands = new IslandsProcess(process);
        islands.await("ready");
        return islands;
    }

    public static List<String> java(String heap) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8");
    }

    /** The product and its libraries; none of the tests' classes. */
    public static String classPath() {
        List<String> parts = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!part.endsWith("test-classes") && !part.endsWith("test-classes/") && !part.isEmpty()) {
                parts.add(Path.of(part).toAbsolutePath().toString());
            }
        }
        return String.join(File.pathSeparator, parts);
    }

    /** The second tide: rows that commit late, files that are sent again, customers that change. */
    void tide() throws IOException {
        questions.write("tide\n");
        questions.flush();
        await("tide");
    }

    private void await(String word) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(word + " ")) {
                return;
            }
            if (line.startsWith("failed ")) {
                throw new IOException("the islands say: " + line);
            }
        }
        throw new IOException("the islands ended before they said " + word);
    }

    @Override
    public void close() throws IOException {
        try {
            questions.write("stop\n");
            questions.close();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
