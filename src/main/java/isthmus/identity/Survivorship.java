package isthmus.identity;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.catalog.Problems;
import isthmus.catalog.Section;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Of several records of one customer, whose value stands (model.md 6), as {@code config/survivorship.yaml} declares it. */
final class Survivorship {
    private static final String FILE = "survivorship.yaml";
    private static final Set<String> LISTS = Set.of("identifiers", "contacts", "addresses", "consents");
    private static final Set<String> PLAIN = Set.of("kind", "name", "segment", "status", "locale");
    /** Of what a record can say that there is none. */
    private static final Set<String> NULLABLE = Set.of("segment", "contacts");

    private static final String NULL_WINS = "nullWins";

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
        MANUAL("manual"),
        SILO("silo"),
        IDENTIFIER_VERIFIED("identifierVerified"),
        VERIFIED_WITHIN("verifiedWithin"),
        ANY("any"),
        MOST_RESTRICTIVE("mostRestrictive"),
        NEWEST("newest");

        private final String word;

        Wanted(String word) {
            this.word = word;
        }
    }

    /**
     * @param value of the rule: a system, a time, a value that goes before others, or {@code true}
     * @param nullWins whether a record of the system that says that there is none has the last word
     */
    record Rule(Wanted wanted, String value, boolean nullWins) {
        /** As provenance names it. */
        String text() {
            return value.equals("true") ? wanted.word : wanted.word + ":" + value;
        }
    }

    /**
     * A record of a customer, or a value that a person has set.
     *
     * @param silo the system; {@link #PERSON} where it was a person
     * @param time when it changed there
     */
    record Source(String id, String silo, String sequence, OffsetDateTime time, JsonNode body) {
        static final String PERSON = "";

        boolean isManual() {
            return silo.equals(PERSON);
        }

        private boolean denies(String purpose) {
            for (JsonNode one : body.path("consents")) {
                boolean isOf = one.path("purpose").asText().equals(purpose);
                if (isOf && !one.path("granted").asBoolean()) {
                    return true;
                }
            }
            return false;
        }

        /** Whether an item of a kind was verified since a day. */
        private boolean isVerified(String list, String kind, OffsetDateTime since) {
            for (JsonNode one : body.path(list)) {
                String at = one.path("verifiedAt").asText("");
                if (one.path("type").asText().equals(kind)
                        && !at.isEmpty()
                        && !OffsetDateTime.parse(at).isBefore(since)) {
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

    /**
     * What the records say of a path.
     *
     * @param path of the record, with the kind of item behind a list: {@code /contacts/mobile}
     * @param having the records that have a value there
     * @param denying those that say that there is none; one that says nothing is in neither
     */
    record Said(String path, List<Source> having, List<Source> denying) {
        private String last() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        /** The last change of any of them: what counts as recent is told from the records, not by the clock of whoever builds. */
        private OffsetDateTime newest() {
            return Stream.concat(having.stream(), denying.stream())
                    .filter(one -> !one.isManual())
                    .map(Source::time)
                    .max(Comparator.comparing(OffsetDateTime::toInstant))
                    .orElseThrow();
        }
    }

    /**
     * Whose value stands, and by which rule.
     *
     * @param isNone whether it is that there is none
     */
    record Chosen(Source source, Rule rule, boolean isNone) {}

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
                paths.sections(path).forEach(one -> rule(path, one, systems).ifPresent(of::add));
                check(paths, path);
                rules.put(path, List.copyOf(of));
            }
            root.rejectUnknown();
        }
        // Of their text, which is the same in every process.
        return new Survivorship(rules, Integer.toHexString(rules.toString().hashCode()));
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

    private static Optional<Rule> rule(String path, Section section, Set<String> systems) {
        Optional<Rule> found = Optional.empty();
        boolean nullWins = section.text(NULL_WINS, "false").equals("true");
        for (Wanted wanted : Wanted.values()) {
            String value = section.text(wanted.word);
            if (value != null) {
                found = Optional.of(new Rule(wanted, value, nullWins));
                check(path, section, wanted, value, systems);
            }
        }
        if (nullWins && found.map(Rule::wanted).orElse(Wanted.NEWEST) != Wanted.SILO) {
            section.problem(
                    NULL_WINS, "nullWins without a system", "write it beside silo: {silo: crm, nullWins: true}");
        } else if (nullWins && !NULLABLE.contains(path.split("/", -1)[1])) {
            section.problem(NULL_WINS, "nullWins of " + path, "what can be none: " + new TreeSet<>(NULLABLE));
        }
        section.rejectUnknown();
        return found;
    }

    private static void check(String path, Section section, Wanted wanted, String value, Set<String> systems) {
        if (wanted == Wanted.SILO && !systems.contains(value)) {
            section.problem(
                    wanted.word, "silo of " + value + ", which is no system", "known here: " + new TreeSet<>(systems));
        }
        if (wanted != Wanted.VERIFIED_WITHIN) {
            return;
        }
        if (!path.equals("/contacts") && !path.startsWith("/contacts/")) {
            section.problem(wanted.word, wanted.word + " of " + path, "only contacts say when they were verified");
        }
        if (!isPeriod(value)) {
            section.problem(wanted.word, wanted.word + " of " + value, "years, months or days: P3Y, P6M, P90D");
        }
    }

    private static boolean isPeriod(String text) {
        try {
            Period period = Period.parse(text);
            return !period.isNegative() && !period.isZero();
        } catch (DateTimeParseException none) {
            return false;
        }
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

    /** Whether what a person has set for a path stands. */
    boolean asksPersons(String path) {
        return asked(path).stream().anyMatch(rule -> rule.wanted() == Wanted.MANUAL);
    }

    private List<Rule> asked(String path) {
        String list = path.substring(0, Math.max(path.lastIndexOf('/'), 1));
        return rules.getOrDefault(path, rules.getOrDefault(list, List.of()));
    }

    /**
     * Whose value of a path stands.
     *
     * @param said of it, by at least one record with a value
     * @param value what a record has there, as text
     */
    Chosen choose(Said said, Function<Source, String> value) {
        for (Rule rule : asked(said.path())) {
            List<Source> denying = rule.nullWins() ? said.denying() : List.of();
            Optional<Source> found = Stream.concat(said.having().stream(), denying.stream())
                    .filter(one -> fits(rule, one, said, value))
                    .max(NEWEST);
            if (found.isPresent()) {
                return new Chosen(found.get(), rule, denying.contains(found.get()));
            }
        }
        Source newest = said.having().stream().max(NEWEST).orElseThrow();
        return new Chosen(newest, new Rule(Wanted.NEWEST, "true", false), false);
    }

    /** What a person has set counts only where the rules ask for it. */
    private static boolean fits(Rule rule, Source one, Said said, Function<Source, String> value) {
        if (one.isManual()) {
            return rule.wanted() == Wanted.MANUAL;
        }
        return switch (rule.wanted()) {
            case MANUAL -> false;
            case SILO -> one.silo().equals(rule.value());
            case IDENTIFIER_VERIFIED -> one.isVerified();
            case VERIFIED_WITHIN ->
                one.isVerified("contacts", said.last(), said.newest().minus(Period.parse(rule.value())));
            case ANY -> value.apply(one).equals(rule.value());
            case MOST_RESTRICTIVE -> one.denies(said.last());
            case NEWEST -> true;
        };
    }
}
