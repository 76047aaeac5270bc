package isthmus.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where this installation lies: its routes, its configuration, and what the demo needs beside the jar. */
record Home(Path root) {

    static Home here() {
        Path home = Path.of(System.getProperty("isthmus.home", "")).toAbsolutePath();
        Path here = Path.of("").toAbsolutePath();
        // Messages name files as the person in this folder would.
        return new Home(home.startsWith(here) ? here.relativize(home) : home);
    }

    Path routes() {
        return root.resolve("routes");
    }

    /** The folders of all systems, by name. */
    List<Path> systems() {
        try (Stream<Path> entries = Files.list(routes())) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException fault) {
            throw new Refusal(Exit.USAGE, "There is no folder " + routes() + ".");
        }
    }

    /** The folder of one system, which has to be there. */
    Path system(String name) {
        Path folder = routes().resolve(name);
        if (!Files.isRegularFile(folder.resolve("system.yaml"))) {
            List<String> known = systems().stream()
                    .map(path -> path.getFileName().toString())
                    .toList();
            throw new Refusal(
                    Exit.USAGE, "There is no system " + name + " in " + routes() + "; there are " + known + ".");
        }
        return folder;
    }

    Path config() {
        return root.resolve("config");
    }

    Path broker() {
        return beside().resolve("demo-broker");
    }

    /** Where the build lays what the demo needs, whatever folder the routes are in. */
    private Path beside() {
        String classPath = System.getProperty("java.class.path");
        return classPath.contains(File.pathSeparator)
                ? root.resolve("target")
                : Path.of(classPath).toAbsolutePath().resolveSibling("");
    }

    /** The command that starts a class of the demo in a JVM of its own, with the embedded servers on its class path. */
    List<String> demoJvm(String mainClass, String heap) {
        List<String> command = new ArrayList<>(ownSession());
        int options = command.size() + 1;
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        command.add("-XX:+UseSerialGC");
        command.add("-Dfile.encoding=UTF-8");
        String classPath = System.getProperty("java.class.path");
        command.add("-cp");
        command.add(classPath);
        if (classPath.contains(File.pathSeparator)) {
            command.add(mainClass);
        } else {
            command.add(options, "-Dloader.path=" + beside().resolve("demo-lib"));
            command.add(options, "-Dloader.main=" + mainClass);
            command.add("org.springframework.boot.loader.launch.PropertiesLauncher");
        }
        return command;
    }

    /** Ctrl-C reaches every process of the terminal at once; the servers must outlive the hub that talks to them. */
    private static List<String> ownSession() {
        boolean canLeave = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "setsid")));
        return canLeave ? List.of("setsid") : List.of();
    }
}
