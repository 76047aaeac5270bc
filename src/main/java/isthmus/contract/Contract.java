package isthmus.contract;

import isthmus.catalog.Pull;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a source object gives when it is asked one question.
 *
 * @param question the digest of what was asked: with another question another answer is no change of the object
 */
public record Contract(String question, List<Term> terms) {
    public Contract {
        terms = List.copyOf(terms);
    }

    /** What the pull asks today answers with these terms. */
    public static Contract of(Pull pull, List<Term> terms) {
        String asked = pull.question().isEmpty() ? String.join("\n", read(pull)) : pull.question();
        return new Contract(sha256(asked), terms);
    }

    /** The names that a pull's reader needs, those of its child rows with the child's name before them. */
    static Set<String> read(Pull pull) {
        Set<String> names = new LinkedHashSet<>();
        pull.columns().forEach(column -> names.add(column.name()));
        pull.children().forEach((child, columns) -> columns.forEach(column -> names.add(child + "." + column.name())));
        String operation = pull.settings().get("operation");
        if (operation != null) {
            names.add(operation(operation));
        }
        return names;
    }

    static String operation(String name) {
        return "operation " + name;
    }

    /** True when more than names is known. */
    boolean tellsTypes() {
        return terms.stream().anyMatch(term -> !term.type().isEmpty());
    }

    /** The same when all that was ever seen counts as still there. */
    Contract with(Contract earlier) {
        List<Term> all = new ArrayList<>(earlier.terms);
        Set<String> known = earlier.byName().keySet();
        terms.stream().filter(term -> !known.contains(term.name())).forEach(all::add);
        return new Contract(question, all);
    }

    Map<String, Term> byName() {
        Map<String, Term> named = new LinkedHashMap<>();
        terms.forEach(term -> named.putIfAbsent(term.name(), term));
        return named;
    }

    /** The same for the same terms of the same question, whatever their order. */
    public String fingerprint() {
        return sha256(question + terms.stream().map(Term::text).sorted().collect(Collectors.joining("\n", "\n", "")));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
