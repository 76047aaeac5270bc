package isthmus.crosscheck;

import isthmus.catalog.Problems;
import isthmus.catalog.Section;
import isthmus.crosscheck.Rule.Severity;
import isthmus.crosscheck.Tolerance.Of;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one file of {@code config/reconciliation} strictly: every fault with its line. */
final class RuleReader {
    /** What a query gives beside evidence; subject and cause it must. */
    static final Set<String> COLUMNS = Set.of("subject", "cause", "kwh_left", "kwh_right", "money");

    /** What a text may name that is no column of the query. */
    private static final Set<String> WORDS = Set.of("difference", "title", "owner");

    private static final Set<String> GIVEN = Set.of("asOf", "day", "abs", "rel", "graceDays");
    private static final Pattern CODE = Pattern.compile("[A-Z]+(-[A-Z0-9]+)+");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    static final Pattern PLACE = Pattern.compile("\\{([a-z][a-z0-9_]*)}");

    private final Section section;
    private final Set<String> owners;
    private final Problems problems;

    /** @param owners the systems there are */
    RuleReader(Section section, Set<String> owners, Problems problems) {
        this.section = section;
        this.owners = owners;
        this.problems = problems;
    }

    /** The rule; to be used only when no problem was told. */
    Rule read() {
        String code = section.required("code", "for example X-KWH");
        if (!code.isEmpty() && (!CODE.matcher(code).matches() || !section.file().endsWith("/" + code + ".yaml"))) {
            section.problem("code", "code is not the file's name: " + code, "capitals with hyphens; " + code + ".yaml");
        }
        String title = section.required("title", "what is compared, for people");
        Severity severity = one(section, "severity", Severity.values(), Severity.ERROR);
        String owner = section.required("owner", "the system whose people look into it");
        if (!owner.isEmpty() && !owners.contains(owner)) {
            section.problem("owner", "owner " + owner + " is no system", "known here: " + new TreeSet<>(owners));
        }
        BigDecimal limit = number(section, "limit", "0");
        Tolerance tolerance = tolerance(section.section("tolerance"));
        Map<String, BigDecimal> parameters = parameters(section.section("parameters"));
        Set<String> known = new TreeSet<>(GIVEN);
        known.addAll(parameters.keySet());
        Query query = query("sql", known);
        Query population = section.has("population") ? query("population", known) : null;
        unused(query, population, parameters.keySet());
        BigDecimal price = section.has("price") ? number(section, "price", "0") : null;
        String explanation = section.required("explain", "a text with columns of the query in braces");
        places(section, "explain", explanation, query);
        Map<String, String> causes = causes(section.section("causes"), query);
        section.rejectUnknown();
        return new Rule(
                section.file(),
                code,
                title,
                severity,
                owner,
                limit.longValue(),
                tolerance,
                parameters,
                query,
                population,
                price,
                explanation.strip(),
                causes);
    }

    private Tolerance tolerance(Section tolerance) {
        Of of = one(tolerance, "of", Of.values(), Of.NOTHING);
        boolean isWeighed = tolerance.has("abs") || tolerance.has("rel");
        if (isWeighed && of == Of.NOTHING) {
            tolerance.problem("abs", "a tolerance of nothing", "of: kwh or of: money");
        }
        BigDecimal abs = number(tolerance, "abs", "0");
        BigDecimal rel = number(tolerance, "rel", "0%");
        if (rel.signum() != 0 && of == Of.MONEY) {
            tolerance.problem("rel", "a share of money", "money has an abs only");
        }
        BigDecimal grace = number(tolerance, "graceDays", "0");
        if (grace.scale() > 0) {
            tolerance.problem("graceDays", "graceDays is no number of days: " + grace, "for example 3");
        }
        tolerance.rejectUnknown();
        return new Tolerance(of, abs, rel, grace.intValue());
    }

    private Map<String, BigDecimal> parameters(Section parameters) {
        Map<String, BigDecimal> values = new LinkedHashMap<>();
        for (String name : parameters.keys()) {
            if (!name.matches("[a-z][A-Za-z0-9]*") || GIVEN.contains(name)) {
                parameters.problem(name, "no name for a parameter: " + name, "a word of its own, like minKwh");
            }
            values.put(name, number(parameters, name, "0"));
        }
        return values;
    }

    private Query query(String key, Set<String> known) {
        String sql = section.required(key, "one select over the views");
        // A block begins on the line behind its key.
        Query query = new Query(sql, section.line(key) + (sql.contains("\n") ? 1 : 0));
        if (!sql.isEmpty()) {
            query.lint(section.file(), known, problems);
        }
        return query;
    }

    private void unused(Query query, @Nullable Query population, Set<String> parameters) {
        Set<String> asked = new TreeSet<>(query.asked());
        if (population != null) {
            asked.addAll(population.asked());
        }
        Section own = section.section("parameters");
        for (String name : parameters) {
            if (!asked.contains(name)) {
                own.problem(name, "nobody asks for parameter " + name, "use :" + name + " in the sql, or delete it");
            }
        }
    }

    private Map<String, String> causes(Section causes, Query query) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (causes.isEmpty()) {
            section.problem("causes", "no causes", "name each cause that the query gives, with a sentence");
        }
        for (String cause : causes.keys()) {
            if (!NAME.matcher(cause).matches()) {
                causes.problem(cause, "no name for a cause: " + cause, "small letters with hyphens");
            } else if (!query.sql().contains("'" + cause + "'")) {
                causes.problem(cause, "the query never gives cause " + cause, "check its name");
            }
            String text = causes.required(cause, "a sentence with columns of the query in braces");
            places(causes, cause, text, query);
            texts.put(cause, text.strip());
        }
        return texts;
    }

    private static void places(Section where, String key, String text, Query query) {
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            String name = place.group(1);
            boolean isGiven =
                    Pattern.compile("\\b" + name + "\\b").matcher(query.sql()).find();
            if (!isGiven && !WORDS.contains(name)) {
                where.problem(key, "{" + name + "} is no column of the query", "select it there, or check its name");
            }
        }
    }

    private static BigDecimal number(Section section, String key, String otherwise) {
        String text = section.text(key, otherwise);
        if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,8})?%?") || text.endsWith("%") != otherwise.endsWith("%")) {
            String hint = otherwise.endsWith("%") ? "for example 0.5%" : "for example 1 or 0.50";
            section.problem(key, key + " is no number: " + text, hint);
            return BigDecimal.ZERO;
        }
        BigDecimal number = new BigDecimal(text.replace("%", ""));
        return text.endsWith("%") ? number.movePointLeft(2) : number;
    }

    private static <E extends Enum<E>> E one(Section section, String key, E[] values, E otherwise) {
        String text = section.text(key, otherwise.name().toLowerCase(Locale.ROOT));
        return Arrays.stream(values)
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseGet(() -> {
                    section.problem(
                            key,
                            "unknown " + key + " " + text,
                            "one of " + Arrays.toString(values).toLowerCase(Locale.ROOT));
                    return otherwise;
                });
    }
}
