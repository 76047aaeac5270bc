package isthmus.flow;

import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.catalog.ConfigurationFault;
import isthmus.catalog.Problems;
import isthmus.normalize.Differences.Difference;
import isthmus.normalize.Samples;
import isthmus.normalize.Samples.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Looks at a system's folder before anything of it is taken in: lint, samples, and its routes started on trial. */
final class Vetting {
    private final Path routes;
    private final Path config;
    private final Environment environment;
    private final Clock clock;

    Vetting(Path routes, Path config, Environment environment, Clock clock) {
        this.routes = routes;
        this.config = config;
        this.environment = environment;
        this.clock = clock;
    }

    /** True when there is a folder of that name, whatever lies in it. */
    boolean isThere(String system) {
        return system.matches("[a-z][a-z0-9-]{0,30}") && Files.isDirectory(routes.resolve(system));
    }

    /**
     * What the folder says now, when all of it is well.
     *
     * @throws ConfigurationFault with every fault, each with file and line
     */
    Edition vet(String system, String org) {
        try {
            Catalog catalog = read(routes.resolve(system));
            if (!catalog.org().equals(org)) {
                throw new ConfigurationFault(List.of(config.resolve("application.yaml") + ": isthmus.org was " + org
                        + " and is now " + catalog.org() + ": it is part of every id; put it back"));
            }
            Edition edition = Edition.of(catalog.system(system));
            runSamples(catalog, system);
            rehearse(catalog, edition);
            return edition;
        } catch (UncheckedIOException unreadable) {
            throw new ConfigurationFault(
                    List.of(routes.resolve(system) + ": cannot be read: " + unreadable.getCause()));
        }
    }

    /** Every fault of the hub's own settings. */
    List<String> settings() {
        return new SettingsCheck(environment).faults(config);
    }

    private Catalog read(Path folder) {
        Set<String> faults = new LinkedHashSet<>();
        if (Files.isRegularFile(folder.resolve("system.yaml"))) {
            CatalogReader.lint(List.of(folder)).forEach(fault -> faults.add(fault.toString()));
        }
        try {
            Catalog catalog = CatalogReader.only(folder, config, SecretSource.in(environment));
            if (faults.isEmpty()) {
                return catalog;
            }
        } catch (ConfigurationFault fault) {
            faults.addAll(fault.faults());
        }
        throw new ConfigurationFault(List.copyOf(faults));
    }

    private static void runSamples(Catalog catalog, String system) {
        Problems problems = new Problems();
        for (Result sample : new Samples(catalog).run(system, false)) {
            String in = sample.file();
            sample.faults().forEach(fault -> problems.add(in, 1, "the sample fails", fault));
            for (Difference difference : sample.differences()) {
                Spot spot = Spot.of(difference.path(), golden(in, ".out.json"), golden(in, ".rejected.json"));
                problems.add(
                        spot == null ? in : spot.file().toString(),
                        spot == null ? 1 : spot.line(),
                        "the sample becomes something else: " + difference,
                        "correct the mapping, or isthmus test " + system + " --update");
            }
        }
        problems.throwIfAny();
    }

    private static Path golden(String in, String ending) {
        return Path.of(in.replaceAll("\\.in\\.json$", ending));
    }

    private void rehearse(Catalog catalog, Edition edition) {
        try {
            Rehearsal.start(catalog, List.of(edition), clock).close();
        } catch (Exception fault) {
            throw new ConfigurationFault(List.of(RouteFault.text(edition, fault)));
        }
    }

    /** A place in an expected document. */
    private record Spot(Path file, int line) {

        /** The line of the deepest name of a path that stands there; null when not even the first does. */
        static @Nullable Spot of(String path, Path... files) {
            Spot found = null;
            for (Path file : files) {
                List<String> lines = lines(file);
                int at = 0;
                for (String name : path.split("/")) {
                    int next = at;
                    while (next < lines.size() && !lines.get(next).contains("\"" + name + "\"")) {
                        next++;
                    }
                    if (!name.isEmpty() && next < lines.size()) {
                        at = next;
                        found = new Spot(file, at + 1);
                    }
                }
                if (found != null) {
                    return found;
                }
            }
            return null;
        }

        private static List<String> lines(Path file) {
            try {
                return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
            } catch (IOException fault) {
                throw new UncheckedIOException("cannot read " + file, fault);
            }
        }
    }
}
