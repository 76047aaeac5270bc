package isthmus.identity.match;

import isthmus.security.Masked;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** Equal or not, but for width and case; of numbers also but for everything that is neither letter nor digit. */
final class SameValue implements Comparison {
    private static final List<String> LEVELS = List.of("same", "other");

    private final String name;
    private final boolean isNumber;

    SameValue(String name, boolean isNumber) {
        this.name = name;
        this.isNumber = isNumber;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> levels() {
        return LEVELS;
    }

    @Override
    public String prepared(String value) {
        String plain = Normalizer.normalize(value, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .strip();
        return isNumber ? plain.replaceAll("[^\\p{L}\\p{N}]", "") : plain;
    }

    @Override
    public int level(String left, String right) {
        return left.equals(right) ? 0 : 1;
    }

    @Override
    public String masked(String prepared) {
        return Masked.number(prepared);
    }
}
