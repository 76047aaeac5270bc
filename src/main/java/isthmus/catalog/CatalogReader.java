package isthmus.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads every folder under routes/ and the utility's own settings under config/, telling all faults at once. */
public final class CatalogReader {
    private final Problems problems = new Problems();
    private final Function<String, @Nullable String> environment;

    private CatalogReader(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /**
     * Reads and checks everything.
     *
     * @param routes one folder per legacy system
     * @param config the folder of {@code application.yaml}, which says {@code isthmus: {org: …}}
     * @param environment what {@code ${NAME}} in a connection stands for; null where it is not set
     * @throws ConfigurationFault with every fault, each with file and line
     */
    public static Catalog read(Path routes, Path config, Function<String, @Nullable String> environment) {
        var reader = new CatalogReader(environment);
        try {
            String org = reader.org(config.resolve("application.yaml"));
            List<LegacySystem> systems = reader.systems(routes);
            reader.problems.throwIfAny();
            return new Catalog(org, systems);
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot read the configuration", fault);
        }
    }

    private String org(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            problems.add(file.toString(), 0, "missing file", "it says isthmus: {org: …}");
            return "";
        }
        Section isthmus =
                Section.read(file.toString(), Files.readString(file), problems).section("isthmus");
        String org = isthmus.required("org", "the utility's short name, part of every id");
        if (!org.isEmpty() && !org.matches("[a-z][a-z0-9]{0,15}")) {
            isthmus.problem("org", "org is not a short name: " + org, "lower-case letters and digits");
        }
        return org;
    }

    private List<LegacySystem> systems(Path routes) throws IOException {
        List<LegacySystem> systems = new ArrayList<>();
        if (!Files.isDirectory(routes)) {
            problems.add(routes.toString(), 0, "missing folder", "one folder per legacy system");
            return systems;
        }
        List<Path> folders;
        try (Stream<Path> entries = Files.list(routes)) {
            folders = entries.filter(Files::isDirectory).sorted().toList();
        }
        for (Path folder : folders) {
            Path file = folder.resolve("system.yaml");
            if (Files.isRegularFile(file)) {
                Section card = Section.read(file.toString(), Files.readString(file), problems);
                systems.add(new SystemReader(folder, card, problems, environment).read());
            } else {
                problems.add(file.toString(), 0, "missing file", "every folder under routes/ has a system.yaml");
            }
        }
        return systems;
    }
}
