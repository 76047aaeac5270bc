package isthmus.cli;

import java.io.File;
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

    Path config() {
        return root.resolve("config");
    }

    Path broker() {
        return root.resolve("target/demo-broker");
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
            command.add(options, "-Dloader.path=" + root.resolve("target/demo-lib"));
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
