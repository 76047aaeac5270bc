package isthmus.catalog;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Resolves {@code ${NAME}} and {@code ${NAME:-what stands where it is not set}} from the environment, {@code ${file:/…}} and
 * {@code ${keystore:name}} from where secrets are kept.
 */
final class Variables {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*|(?:file|keystore):[^}]+)(:-([^}]*))?}");

    private static final String KEYSTORE = "keystore:";

    private final Function<String, @Nullable String> environment;

    Variables(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /** True for a text that is one variable, and so says nothing itself. */
    static boolean isOne(String text) {
        Matcher variable = VARIABLE.matcher(text);
        return variable.matches()
                && (variable.group(3) == null || variable.group(3).isEmpty());
    }

    /** The text with its variables resolved; one that is not set and has no other value is a fault at the key. */
    String resolve(Section section, String key, String text) {
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            String value = null;
            try {
                value = value(name, matcher.group(3));
                if (value == null) {
                    section.problem(key, "environment variable " + name + " is not set", export(name));
                }
            } catch (IllegalArgumentException missing) {
                section.problem(key, String.valueOf(missing.getMessage()), export(name));
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(value == null ? "" : value));
        }
        matcher.appendTail(out);
        return out.toString();
    }

    private @Nullable String value(String name, @Nullable String otherwise) {
        String value = environment.apply(name);
        // Who reads without an environment lets a variable stand for itself.
        boolean isUnknown = value == null || value.equals("${" + name + "}");
        if (!isUnknown || otherwise == null) {
            return value;
        }
        return value == null || !otherwise.isEmpty() ? otherwise : value;
    }

    /** What to do about an empty text that came from here. */
    static String hint(String text, String otherwise) {
        Matcher variable = VARIABLE.matcher(text);
        return variable.matches() ? otherwise + "; " + export(variable.group(1)) : otherwise;
    }

    private static String export(String name) {
        if (name.startsWith(KEYSTORE)) {
            return "isthmus secret set " + name.substring(KEYSTORE.length());
        }
        return name.startsWith("file:") ? "mount it where the hub alone may read it" : "export " + name + "=…";
    }
}
