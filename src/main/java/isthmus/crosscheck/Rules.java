package isthmus.crosscheck;

import isthmus.catalog.ConfigurationFault;
import isthmus.catalog.Problems;
import isthmus.catalog.Section;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The checks between systems as {@code config/reconciliation} declares them, one file each. */
public final class Rules {
    private final List<Rule> all;

    Rules(List<Rule> all) {
        this.all = List.copyOf(all);
    }

    /**
     * Reads and checks every rule; none where the folder is not there.
     *
     * @param config the folder of {@code application.yaml}
     * @param systems the systems there are, who own the breaks
     * @throws ConfigurationFault with every fault, each with file and line
     */
    public static Rules read(Path config, Set<String> systems) {
        Problems problems = new Problems();
        List<Rule> rules = read(config, systems, problems);
        problems.throwIfAny();
        return new Rules(rules);
    }

    /** Every fault that the files show by themselves; their SQL is proved against the store at start. */
    public static List<Problems.Fault> lint(Path config, Set<String> systems) {
        Problems problems = new Problems();
        read(config, systems, problems);
        return problems.faults();
    }

    /**
     * Lets the store parse every query, and looks at the columns that come.
     *
     * @throws ConfigurationFault with every fault, each with file and line
     */
    public void prove(DataSource store) {
        Problems problems = new Problems();
        new RuleProof(store, problems).prove(all);
        problems.throwIfAny();
    }

    /** How many days late may be for a check; nothing where there is no such check. */
    public Optional<Integer> graceDays(String code) {
        return rule(code).map(rule -> rule.tolerance().graceDays());
    }

    /** A number of a check's own; nothing where it, or the check, is not there. */
    public Optional<BigDecimal> parameter(String code, String name) {
        return rule(code).flatMap(rule -> Optional.ofNullable(rule.parameters().get(name)));
    }

    List<Rule> all() {
        return all;
    }

    Optional<Rule> rule(String code) {
        return all.stream().filter(rule -> rule.code().equals(code)).findFirst();
    }

    private static List<Rule> read(Path config, Set<String> systems, Problems problems) {
        Path folder = config.resolve("reconciliation");
        List<Rule> rules = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return rules;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.toString();
                if (!name.endsWith(".yaml")) {
                    if (!name.endsWith(".md")) {
                        problems.add(name, 0, "not a rule", "<CODE>.yaml, and samples in samples/<CODE>/");
                    }
                    continue;
                }
                Section section = Section.read(name, Files.readString(file), problems);
                if (!section.isEmpty()) {
                    rules.add(new RuleReader(section, systems, problems).read());
                }
            }
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot read the rules", fault);
        }
        return rules;
    }
}
