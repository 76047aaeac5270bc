package isthmus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Rows for a bench, laid from the islands' own side. */
final class Cargo {
    private Cargo() {}

    /** @param cargo {@code bills}, {@code curves}, {@code persons}, or {@code drift} for what changes behind the hub's back */
    static void lay(Path directory, String cargo, int records, String from) throws IOException, InterruptedException {
        List<String> command = Home.here().demoJvm("isthmus.demo.bench.Cargo", "512m");
        command.addAll(List.of(directory.toString(), cargo, Integer.toString(records), from));
        Path log = directory.resolve("log/cargo.log");
        int exit = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new Refusal(Exit.CHECK_FAILED, "The rows could not be laid: " + Files.readString(log));
        }
    }
}
