package isthmus.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** An installation for faults: the repository's routes with short pauses and small chunks, so that a small world has many. */
final class Home {
    private Home() {}

    static Path lay(Path home) throws IOException {
        copy(Path.of("routes"), home.resolve("routes"));
        copy(Path.of("config"), home.resolve("config"));
        try (Stream<Path> files = Files.walk(home.resolve("routes"))) {
            for (Path file : files.filter(path -> path.endsWith("system.yaml")).toList()) {
                Files.writeString(file, hurried(Files.readString(file)));
            }
        }
        return home;
    }

    private static String hurried(String system) {
        String hurried = system.replaceAll("(?m)^every: .*$", "every: PT1S")
                .replace("readTimeout: PT5S", "readTimeout: PT2S")
                .replaceAll("(?m)^    settings:$", "    settings:\n      chunk: 20");
        // A database's pulls have no settings so far.
        return system.contains("transport: jdbc")
                ? hurried.replaceAll("(?m)^    entities: (.*)$", "    entities: $1\n    settings: {chunk: 40}")
                : hurried.contains("transport: soap") ? hurried.replace("      chunk: 20\n", "") : hurried;
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    static void empty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException fault) {
                    throw new UncheckedIOException(fault);
                }
            });
        }
    }

    /** The classes that halt a hub, apart from all other tests' classes. */
    static Path crashClasses(Path into) throws IOException {
        copy(Path.of("target/test-classes/isthmus/chaos/crash"), prepared(into.resolve("isthmus/chaos/crash")));
        return into;
    }

    private static Path prepared(Path directory) throws IOException {
        Files.createDirectories(directory.getParent());
        return directory;
    }
}
