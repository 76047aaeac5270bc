package isthmus.identity;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The match form of a name: names are written alike when nothing differs but width, case, blanks, dots and the legal form of a
 * company.
 */
final class NameForm {
    private static final String BETWEEN = " \t.,、。·•・‧-_'\"()[]【】《》/";
    private static final Pattern LEGAL_FORM = Pattern.compile("(股份有限公司|有限责任公司|有限公司|股份公司|分公司|门市部)\\z");

    private NameForm() {}

    /** Null where nothing is left of it. */
    static @Nullable String of(String name) {
        StringBuilder form = new StringBuilder(name.length());
        Normalizer.normalize(name, Normalizer.Form.NFKC)
                .codePoints()
                .map(Character::toLowerCase)
                .filter(character -> BETWEEN.indexOf(character) < 0)
                .forEach(form::appendCodePoint);
        String kept = LEGAL_FORM.matcher(form).replaceFirst("");
        return kept.isEmpty() ? null : kept;
    }
}
