package isthmus.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads every folder under routes/ and the utility's own settings under config/, telling all faults at once. */
public final class CatalogReader {
    private static final Function<String, @Nullable String> OFFLINE = name -> "${" + name + "}";

    private final Problems problems = new Problems();
    private final Function<String, @Nullable String> environment;
    private boolean samples = true;

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
            WrittenSecrets.look(config, reader.problems);
            reader.problems.throwIfAny();
            return new Catalog(org, systems);
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot read the configuration", fault);
        }
    }

    /**
     * Every fault of folders, checked as at start but without an environment: {@code ${NAME}} stands for itself.
     *
     * @param paths folders of one system each, or folders of such folders
     */
    public static List<Problems.Fault> lint(List<Path> paths) {
        var reader = new CatalogReader(OFFLINE);
        try {
            for (Path path : paths) {
                if (Files.isRegularFile(path.resolve("system.yaml"))) {
                    reader.system(path);
                } else {
                    reader.systems(path);
                }
            }
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot read the configuration", fault);
        }
        return reader.problems.faults();
    }

    /** What a JDBC URL may not hold: something to load or to run, or a password; null where it holds nothing of that. */
    public static @Nullable String danger(String url) {
        return WrittenSecrets.isIn(url) ? "a password" : ConnectionReader.hostile(url);
    }

    /** Every secret that is written out in the files of config/; {@link #lint} looks for those of the systems itself. */
    public static List<Problems.Fault> secrets(Path config) {
        Problems problems = new Problems();
        try {
            WrittenSecrets.look(config, problems);
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot read the configuration", fault);
        }
        return problems.faults();
    }

    /** Of folders of one system each, the systems without a fault; connects to nothing and says nothing of the others. */
    public static List<LegacySystem> sound(List<Path> folders) {
        List<LegacySystem> sound = new ArrayList<>();
        for (Path folder : folders) {
            var reader = new CatalogReader(OFFLINE);
            reader.samples = false;
            try {
                LegacySystem system = reader.system(folder);
                if (system != null && reader.problems.isEmpty()) {
                    sound.add(system);
                }
            } catch (IOException fault) {
                throw new UncheckedIOException("cannot read the configuration", fault);
            }
        }
        return sound;
    }

    /**
     * Reads and checks some systems without an environment, for work that connects to nothing; says nothing of samples.
     *
     * @throws ConfigurationFault with every fault, each with file and line
     */
    public static Catalog offline(List<Path> folders, Path config) {
        return some(folders, config, OFFLINE);
    }

    /**
     * Reads and checks one system as at start, save for its samples.
     *
     * @throws ConfigurationFault with every fault, each with file and line
     */
    public static Catalog only(Path folder, Path config, Function<String, @Nullable String> environment) {
        return some(List.of(folder), config, environment);
    }

    private static Catalog some(List<Path> folders, Path config, Function<String, @Nullable String> environment) {
        var reader = new CatalogReader(environment);
        reader.samples = false;
        try {
            String org = reader.org(config.resolve("application.yaml"));
            List<LegacySystem> systems = new ArrayList<>();
            for (Path folder : folders) {
                LegacySystem system = reader.system(folder);
                if (system != null) {
                    systems.add(system);
                }
            }
            reader.problems.throwIfAny();
            return new Catalog(org, systems);
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot read the configuration", fault);
        }
    }

    /**
     * Reads only who a system is and how it is reached, for work on a folder that is not finished.
     *
     * @throws ConfigurationFault with every fault of that, each with file and line
     */
    public static LegacySystem card(Path folder, Function<String, @Nullable String> environment) {
        var reader = new CatalogReader(environment);
        Path file = folder.resolve("system.yaml");
        try {
            Section card = Section.read(file, reader.problems);
            WrittenSecrets.look(folder, reader.problems);
            LegacySystem system = new SystemReader(folder, card, reader.problems, environment).card();
            reader.problems.throwIfAny();
            return system;
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot read the configuration", fault);
        }
    }

    /** Every value of a YAML file by its path of keys, {@code isthmus.store.url}, with its line; none where it is no YAML. */
    public static Map<String, Integer> lines(Path file) {
        try {
            Map<String, Integer> lines = new LinkedHashMap<>();
            Section root = Section.read(file, new Problems());
            root.keys().forEach(key -> walk(root, key, key, lines));
            return lines;
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot read " + file, fault);
        }
    }

    private static void walk(Section section, String key, String path, Map<String, Integer> lines) {
        if (section.isSection(key)) {
            Section inner = section.section(key);
            inner.keys().forEach(name -> walk(inner, name, path + "." + name, lines));
        } else {
            lines.put(path, section.line(key));
        }
    }

    private String org(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            problems.add(file.toString(), 0, "missing file", "it says isthmus: {org: …}");
            return "";
        }
        Section isthmus = Section.read(file, problems).section("isthmus");
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
            LegacySystem system = system(folder);
            if (system != null) {
                systems.add(system);
            }
        }
        return systems;
    }

    private @Nullable LegacySystem system(Path folder) throws IOException {
        Path file = folder.resolve("system.yaml");
        if (!Files.isRegularFile(file)) {
            problems.add(file.toString(), 0, "missing file", "every folder under routes/ has a system.yaml");
            return null;
        }
        Section card = Section.read(file, problems);
        WrittenSecrets.look(folder, problems);
        // What is not YAML is told once, and not as everything that is missing in it.
        if (card.isEmpty()) {
            return null;
        }
        SystemReader reader = new SystemReader(folder, card, problems, environment);
        LegacySystem system = reader.read();
        if (samples) {
            reader.checkSamples(system);
        }
        return system;
    }
}
