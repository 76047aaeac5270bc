package isthmus.identity;

import isthmus.catalog.ConfigurationFault;
import isthmus.catalog.Problems;
import isthmus.catalog.Section;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where one system writes down the keys of another, as {@code config/identity.yaml} declares it. */
public final class Crosswalks {
    private final List<Crosswalk> all;

    /**
     * Customers of one system that name accounts of another.
     *
     * @param field of the customer's {@code ext}, which holds the account number
     */
    record Crosswalk(String customers, String field, String accounts) {}

    private Crosswalks(List<Crosswalk> all) {
        this.all = List.copyOf(all);
    }

    /**
     * Reads and checks the file; none where it is not there.
     *
     * @param config the folder of {@code application.yaml}
     * @param systems the systems there are
     * @throws ConfigurationFault with every fault, each with file and line
     */
    public static Crosswalks read(Path config, Set<String> systems) {
        Problems problems = new Problems();
        List<Crosswalk> all = read(config, systems, problems);
        problems.throwIfAny();
        return new Crosswalks(all);
    }

    /** Every fault of the file. */
    public static List<Problems.Fault> lint(Path config, Set<String> systems) {
        Problems problems = new Problems();
        read(config, systems, problems);
        return problems.faults();
    }

    List<Crosswalk> all() {
        return all;
    }

    private static List<Crosswalk> read(Path config, Set<String> systems, Problems problems) {
        Path file = config.resolve("identity.yaml");
        List<Crosswalk> all = new ArrayList<>();
        if (!Files.exists(file)) {
            return all;
        }
        Section root = Section.read(file.toString(), text(file), problems);
        for (Section one : root.sections("xref")) {
            all.add(new Crosswalk(
                    system(one, "customers", systems),
                    one.required("field", "the field of ext that holds the account number"),
                    system(one, "accounts", systems)));
            one.rejectUnknown();
        }
        root.rejectUnknown();
        return all;
    }

    private static String system(Section section, String key, Set<String> systems) {
        String name = section.required(key, "the system that has them");
        if (!name.isEmpty() && !systems.contains(name)) {
            section.problem(key, key + " of " + name + ", which is no system", "known here: " + new TreeSet<>(systems));
        }
        return name;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot read " + file, fault);
        }
    }
}
