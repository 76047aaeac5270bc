package isthmus.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The installation of the hub: systems of the repository under their own and other names, each with one pull. */
final class Folders {
    final Path home;

    Folders(Path home) throws IOException {
        this.home = home;
        Files.createDirectories(home.resolve("routes"));
        Files.createDirectories(home.resolve("config"));
        Files.copy(Path.of("config/application.yaml"), home.resolve("config/application.yaml"));
    }

    Path system(String name) {
        return home.resolve("routes").resolve(name);
    }

    /** Payments alone. */
    void payments(String name) throws IOException {
        copy(
                Path.of("routes/billing"),
                "billing",
                name,
                List.of("payment", "A_RCVED_FLOW", "refund"),
                card -> card.replaceFirst("(?s)\npulls:\n.*\n  payment:", "\npulls:\n  payment:"));
    }

    void readings(String name, UnaryOperator<String> card) throws IOException {
        copy(Path.of("routes/metering"), "metering", name, List.of(""), card);
    }

    /** The same files in a folder that is mounted here. */
    void mounted(String name, Path folder) throws IOException {
        readings(
                name,
                card -> FileWay.alsoPacked(card)
                        .replaceFirst("transport: [^\n]*", "transport: file")
                        .replaceFirst("(?s)\nconnection:\n.*?\n\n", "\nconnection:\n  folder: " + folder + "\n\n"));
    }

    /** Customers alone. */
    void customers(String name, String url) throws IOException {
        copy(
                Path.of("routes/crm"),
                "crm",
                name,
                List.of("customer", "consent", "Customer"),
                card -> card.replaceFirst("(?s)\n  servicerequest:.*", "\n")
                        .replace("${CRM_URL}", url)
                        .replace("readTimeout: PT5S", "readTimeout: PT2S\n  totalTimeout: PT4S\n  maxBytes: 8388608"));
    }

    void documents(String kind, Path folder) throws IOException {
        copy(
                Path.of("examples/rsm012" + kind),
                "rsm012" + kind,
                "rsm012" + kind,
                List.of(""),
                card -> card.replace("${RSM012_FOLDER}", folder.toString()));
    }

    private void copy(Path from, String old, String name, List<String> kept, UnaryOperator<String> card)
            throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path inside = from.relativize(file);
                String plain = inside.getFileName().toString();
                boolean isWanted = plain.equals("system.yaml") || kept.stream().anyMatch(plain::contains);
                if (!isWanted || plain.equals("README.md")) {
                    continue;
                }
                Path to = system(name).resolve(inside.toString());
                Files.createDirectories(to.getParent());
                String text = Files.readString(file);
                if (plain.equals("system.yaml")) {
                    text = card.apply(text.replace("system: " + old, "system: " + name))
                            .replaceAll(
                                    "(?m)^every: .*$",
                                    name.matches("(soap|ftp)[0-9]+|billing|crm") ? "every: PT4S" : "every: PT1S");
                } else if (plain.endsWith(".camel.yaml")) {
                    text = text.replace(old + ".", name + ".").replaceAll("(cxf:bean|jdbc):" + old, "$1:" + name);
                } else {
                    text = text.replace("urn:isthmus:yj:" + old + ":", "urn:isthmus:yj:" + name + ":");
                }
                Files.writeString(to, text);
            }
        }
    }
}
