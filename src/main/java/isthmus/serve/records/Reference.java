package isthmus.serve.records;

import isthmus.model.Urn;
import isthmus.serve.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A record that others name: by its id, or by its number alone. A record names only those of its own silo (model.md 2.3), so
 * an id of another silo stands for the number in it.
 *
 * @param key as it stands in an id
 * @param silo what the id begins with, up to its silo; null when the number alone was given
 */
record Reference(String entity, String key, @Nullable String silo) {
    private static final Pattern ID = Pattern.compile("(urn:isthmus:[^:]+:[^:]+:)([^:]+):(.+)");

    /** @param name the parameter, for the refusal */
    static Reference of(String name, String entity, String text) {
        if (!text.startsWith("urn:")) {
            return new Reference(entity, encoded(text), null);
        }
        Matcher id = ID.matcher(text);
        if (!id.matches() || !id.group(2).equals(entity)) {
            throw Refused.parameter(name, "the id of a record of " + entity + ", or its number");
        }
        return new Reference(entity, id.group(3), id.group(1));
    }

    /** A native key, its parts joined by {@code /}, as it stands in an id. */
    static String encoded(String key) {
        return Arrays.stream(key.split("/", -1)).map(Urn::encode).collect(Collectors.joining("/"));
    }

    /** Those of the prefixes whose records can name this one: of its own silo, or of every other if that has none. */
    List<String> naming(List<String> prefixes) {
        List<String> own = silo == null
                ? List.of()
                : prefixes.stream().filter(prefix -> prefix.startsWith(silo)).toList();
        return own.isEmpty() ? prefixes : own;
    }

    /** How the records with these prefixes name it. */
    List<String> ids(List<String> prefixes) {
        return naming(prefixes).stream()
                .map(prefix ->
                        prefix.substring(0, prefix.lastIndexOf(':', prefix.length() - 2) + 1) + entity + ":" + key)
                .toList();
    }
}
