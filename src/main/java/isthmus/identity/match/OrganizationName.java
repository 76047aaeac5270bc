package isthmus.identity.match;

import isthmus.security.Masked;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of organizations without their legal form: equal, nearly of the same pairs of characters, or other (model.md 7.4). */
final class OrganizationName implements Comparison {
    private static final List<String> LEVELS = List.of("same", "alike", "other");
    private static final Pattern NOT_WRITTEN = Pattern.compile("[^\\p{L}\\p{N}]");
    private static final Pattern LEGAL_FORM =
            Pattern.compile("(股份有限公司|有限责任公司|有限公司|股份公司|分公司|公司|门市部|gmbh|ltd|inc|llc|plc)$");
    private static final double ALIKE = 0.8;
    private static final int HEAD = 4;

    @Override
    public String name() {
        return "organization";
    }

    @Override
    public List<String> levels() {
        return LEVELS;
    }

    @Override
    public String prepared(String value) {
        String plain = Normalizer.normalize(value, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return LEGAL_FORM.matcher(NOT_WRITTEN.matcher(plain).replaceAll("")).replaceFirst("");
    }

    @Override
    public int level(String left, String right) {
        if (left.equals(right)) {
            return 0;
        }
        Set<String> both = pairs(left);
        Set<String> other = pairs(right);
        int all = both.size() + other.size();
        both.retainAll(other);
        return both.size() >= ALIKE * (all - both.size()) ? 1 : 2;
    }

    private static Set<String> pairs(String text) {
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i + 1 < text.length(); i++) {
            pairs.add(text.substring(i, i + 2));
        }
        return pairs;
    }

    @Override
    public String masked(String prepared) {
        return Masked.organization(prepared);
    }

    @Override
    public List<String> parts() {
        return List.of("head");
    }

    @Override
    public List<String> keys(String prepared, String part) {
        return prepared.length() < HEAD ? List.of() : List.of(prepared.substring(0, HEAD));
    }
}
