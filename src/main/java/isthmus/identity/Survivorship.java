package isthmus.identity;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.catalog.Problems;
import isthmus.catalog.Section;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Of several records of one customer, whose value stands (model.md 6), as {@code config/survivorship.yaml} declares it. */
final class Survivorship {
    private static final String FILE = "survivorship.yaml";
    private static final Set<String> LISTS = Set.of("identifiers", "contacts", "addresses", "consents");
    private static final Set<String> PLAIN = Set.of("kind", "name", "segment", "status", "locale");

    private static final Comparator<Source> NEWEST =
            Comparator.comparing((Source one) -> one.time().toInstant()).thenComparing(Source::id);

    private final Map<String, List<Rule>> rules;
    private final String version;

    private Survivorship(Map<String, List<Rule>> rules, String version) {
        this.rules = rules;
        this.version = version;
    }

    /** What a rule looks for among the records that have a value. */
    enum Wanted {
        SILO("silo"),
        IDENTIFIER_VERIFIED("identifierVerified"),
        ANY("any"),
        MOST_RESTRICTIVE("mostRestrictive"),
        NEWEST("newest");

        private final String word;

        Wanted(String word) {
            this.word = word;
        }
    }

    /** @param value of the rule: a system, a value that goes before others, or {@code true} */
    record Rule(Wanted wanted, String value) {
        /** As provenance names it. */
        String text() {
            return value.equals("true") ? wanted.word : wanted.word + ":" + value;
        }
    }

    /**
     * A record of a customer.
     *
     * @param time when it changed in its system
     */
    record Source(String id, String silo, String sequence, OffsetDateTime time, JsonNode body) {
        private boolean denies(String purpose) {
            for (JsonNode one : body.path("consents")) {
                boolean isOf = one.path("purpose").asText().equals(purpose);
                if (isOf && !one.path("granted").asBoolean()) {
                    return true;
                }
            }
            return false;
        }

        private boolean isVerified() {
            for (JsonNode one : body.path("identifiers")) {
                if (one.path("verified").asBoolean()) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Whose value stands, and by which rule. */
    record Chosen(Source source, Rule rule) {}

    /** Reads the file; without it the newest value stands everywhere. */
    static Survivorship read(Path config, Set<String> systems, Problems problems) {
        Path file = config.resolve(FILE);
        String text = Files.exists(file) ? text(file) : "";
        Map<String, List<Rule>> rules = new LinkedHashMap<>();
        if (!text.isBlank()) {
            Section root = Section.read(file.toString(), text, problems);
            Section paths = root.section(Grouping.ENTITY);
            for (String path : paths.keys()) {
                List<Rule> of = new ArrayList<>();
                paths.sections(path).forEach(one -> rule(one, systems).ifPresent(of::add));
                check(paths, path);
                rules.put(path, List.copyOf(of));
            }
            root.rejectUnknown();
        }
        return new Survivorship(rules, Integer.toHexString(rules.hashCode()));
    }

    private static void check(Section paths, String path) {
        String[] parts = path.split("/", -1);
        boolean isKnown = parts.length >= 2
                && parts[0].isEmpty()
                && (parts.length == 2 && PLAIN.contains(parts[1]) || parts.length <= 3 && LISTS.contains(parts[1]));
        if (!isKnown) {
            Set<String> known = new TreeSet<>(PLAIN);
            known.addAll(LISTS);
            paths.problem(path, "no path " + path, "known here: " + known + ", and behind a list a kind of its items");
        }
    }

    private static Optional<Rule> rule(Section section, Set<String> systems) {
        Optional<Rule> found = Optional.empty();
        for (Wanted wanted : Wanted.values()) {
            String value = section.text(wanted.word);
            if (value != null) {
                found = Optional.of(new Rule(wanted, value));
                if (wanted == Wanted.SILO && !systems.contains(value)) {
                    section.problem(
                            wanted.word,
                            "silo of " + value + ", which is no system",
                            "known here: " + new TreeSet<>(systems));
                }
            }
        }
        section.rejectUnknown();
        return found;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot read " + file, fault);
        }
    }

    /** Changes when the rules do. */
    String version() {
        return version;
    }

    /**
     * Whose value of a path stands.
     *
     * @param path of the record, with the kind of item behind a list: {@code /contacts/mobile}
     * @param having the records that have a value there, at least one
     * @param value what a record has there, as text
     */
    Chosen choose(String path, List<Source> having, Function<Source, String> value) {
        String list = path.substring(0, Math.max(path.lastIndexOf('/'), 1));
        List<Rule> asked = rules.getOrDefault(path, rules.getOrDefault(list, List.of()));
        for (Rule rule : asked) {
            Optional<Source> found = having.stream()
                    .filter(one -> switch (rule.wanted()) {
                        case SILO -> one.silo().equals(rule.value());
                        case IDENTIFIER_VERIFIED -> one.isVerified();
                        case ANY -> value.apply(one).equals(rule.value());
                        case MOST_RESTRICTIVE -> one.denies(path.substring(path.lastIndexOf('/') + 1));
                        case NEWEST -> true;
                    })
                    .max(NEWEST);
            if (found.isPresent()) {
                return new Chosen(found.get(), rule);
            }
        }
        return new Chosen(having.stream().max(NEWEST).orElseThrow(), new Rule(Wanted.NEWEST, "true"));
    }
}
