package isthmus.identity.match;

import isthmus.security.Masked;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of persons in Han characters: equal, of one sound or shape, one character apart, or other (model.md 7.4 and 7.5). */
final class HanName implements Comparison {
    private static final List<String> LEVELS = List.of("same", "sound", "letter", "other");
    private static final Pattern SAID_BESIDES = Pattern.compile("[(（].*?[)）]|(先生|女士|小姐|同志)$");
    private static final Pattern NOT_WRITTEN = Pattern.compile("[^\\p{L}\\p{N}]");
    private static final int LONG_ENOUGH = 3;

    @Override
    public String name() {
        return "hanName";
    }

    @Override
    public List<String> levels() {
        return LEVELS;
    }

    @Override
    public String prepared(String value) {
        String plain = SAID_BESIDES
                .matcher(Normalizer.normalize(value, Normalizer.Form.NFKC).strip())
                .replaceAll("");
        return NOT_WRITTEN.matcher(plain).replaceAll("").toLowerCase(Locale.ROOT);
    }

    @Override
    public int level(String left, String right) {
        if (left.equals(right)) {
            return 0;
        }
        int length = left.length();
        if (length != right.length()) {
            return 3;
        }
        int differing = 0;
        int unlike = 0;
        for (int i = 0; i < length; i++) {
            if (left.charAt(i) != right.charAt(i)) {
                differing++;
                unlike += Readings.meet(left.charAt(i), right.charAt(i)) ? 0 : 1;
            }
        }
        return unlike == 0 ? 1 : differing == 1 && length >= LONG_ENOUGH ? 2 : 3;
    }

    @Override
    public String masked(String prepared) {
        return Masked.person(prepared);
    }

    @Override
    public List<String> parts() {
        return List.of("sound", "surname");
    }

    @Override
    public List<String> keys(String prepared, String part) {
        return part.equals("sound")
                ? Readings.of(prepared)
                : List.of(prepared.substring(0, prepared.offsetByCodePoints(0, 1)));
    }
}
