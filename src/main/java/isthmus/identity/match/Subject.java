package isthmus.identity.match;

import java.util.List;

/**
 * A record as it is compared.
 *
 * @param source the system or the file that it comes from
 * @param values prepared, in the order of the model's fields; empty where it has none
 */
public record Subject(String id, String source, List<String> values) {

    String value(int field) {
        return values.get(field);
    }
}
