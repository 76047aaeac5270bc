package isthmus.identity;

import isthmus.catalog.ConfigurationFault;
import isthmus.catalog.FieldSpec;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.MappingSpec;
import isthmus.catalog.Problems;
import isthmus.catalog.Section;
import isthmus.identity.match.Model;
import isthmus.identity.match.ModelReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code config/identity.yaml} and {@code config/survivorship.yaml} declare: keys of one system in another, how records
 * are compared, whose value stands; with the weights of {@code config/identity-weights.yaml}, where there is one.
 */
public final class IdentityRules {
    /** What {@code isthmus identity estimate --write} writes. */
    static final String LEARNT = "identity-weights.yaml";

    private static final String EXT = "ext";

    private final List<Crosswalk> crosswalks;
    private final List<Model> models;
    private final Survivorship survivorship;

    /**
     * Customers of one system that name accounts of another.
     *
     * @param field of the customer's {@code ext}, which holds the account number
     */
    record Crosswalk(String customers, String field, String accounts) {}

    private IdentityRules(List<Crosswalk> crosswalks, List<Model> models, Survivorship survivorship) {
        this.survivorship = survivorship;
        this.crosswalks = List.copyOf(crosswalks);
        this.models = List.copyOf(models);
    }

    /**
     * Reads and checks the files; nothing where they are not there.
     *
     * @param config the folder of {@code application.yaml}
     * @param systems the systems there are
     * @throws ConfigurationFault with every fault, each with file and line
     */
    public static IdentityRules read(Path config, List<LegacySystem> systems) {
        Problems problems = new Problems();
        Set<String> names = systems.stream().map(LegacySystem::name).collect(Collectors.toSet());
        IdentityRules rules = new Reading(names, systems).read(config, problems);
        problems.throwIfAny();
        return rules;
    }

    /**
     * Every fault of the file.
     *
     * @param names the systems there are
     * @param sound those without a fault; what the others give is not known
     */
    public static List<Problems.Fault> lint(Path config, Set<String> names, List<LegacySystem> sound) {
        Problems problems = new Problems();
        new Reading(names, sound).read(config, problems);
        return problems.faults();
    }

    /** The members of a customer's {@code ext} that hold the number of an account. */
    public Set<String> fieldsOfNumbers() {
        return crosswalks.stream().map(Crosswalk::field).collect(Collectors.toSet());
    }

    List<Crosswalk> crosswalks() {
        return crosswalks;
    }

    List<Model> models() {
        return models;
    }

    Survivorship survivorship() {
        return survivorship;
    }

    private record Reading(Set<String> names, List<LegacySystem> sound) {

        IdentityRules read(Path config, Problems problems) {
            Path file = config.resolve("identity.yaml");
            List<Crosswalk> all = new ArrayList<>();
            Survivorship survivorship = Survivorship.read(config, names, problems);
            if (!Files.exists(file)) {
                return new IdentityRules(all, List.of(), survivorship);
            }
            Section root = Section.read(file.toString(), text(file), problems);
            for (Section one : root.sections("xref")) {
                String customers = system(one, "customers");
                String field = one.required("field", "the field of ext that holds the account number");
                String accounts = system(one, "accounts");
                // A name that no record ever has would give no link, and nobody would be told.
                mapping(one, "customers", customers, "customer").ifPresent(mapping -> written(one, field, mapping));
                mapping(one, "accounts", accounts, "account");
                one.rejectUnknown();
                all.add(new Crosswalk(customers, field, accounts));
            }
            List<Model> models = ModelReader.read(root.section("match"));
            root.rejectUnknown();
            Path learnt = config.resolve(LEARNT);
            if (Files.exists(learnt)) {
                models = ModelReader.weighed(models, Section.read(learnt.toString(), text(learnt), problems));
            }
            return new IdentityRules(all, models, survivorship);
        }

        private String system(Section section, String key) {
            String name = section.required(key, "the system that has them");
            if (!name.isEmpty() && !names.contains(name)) {
                section.problem(
                        key, key + " of " + name + ", which is no system", "known here: " + new TreeSet<>(names));
            }
            return name;
        }

        private Optional<MappingSpec> mapping(Section section, String key, String system, String entity) {
            Optional<LegacySystem> known =
                    sound.stream().filter(one -> one.name().equals(system)).findFirst();
            Optional<MappingSpec> mapping = known.flatMap(one -> mapping(one, entity));
            if (known.isPresent() && mapping.isEmpty()) {
                List<String> others = sound.stream()
                        .filter(one -> mapping(one, entity).isPresent())
                        .map(LegacySystem::name)
                        .toList();
                section.problem(key, system + " has no mapping of " + entity, "systems that have one: " + others);
            }
            return mapping;
        }

        private static Optional<MappingSpec> mapping(LegacySystem system, String entity) {
            return system.mappings().stream()
                    .filter(mapping -> mapping.entity().equals(entity))
                    .findFirst();
        }

        private static void written(Section section, String field, MappingSpec customer) {
            Set<String> written = customer.fields().stream()
                    .flatMap(Reading::ext)
                    .filter(name -> !name.contains("/"))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!field.isEmpty() && !written.contains(field)) {
                section.problem("field", customer.file() + " writes no " + EXT + "/" + field, "known here: " + written);
            }
        }

        /** Names within {@code ext}, which a mapping writes as members of it or by their whole path. */
        private static Stream<String> ext(FieldSpec field) {
            if (field.path().equals(EXT)) {
                return field.members().stream().map(FieldSpec::path);
            }
            return field.path().startsWith(EXT + "/")
                    ? Stream.of(field.path().substring(EXT.length() + 1))
                    : Stream.empty();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot read " + file, fault);
        }
    }
}
