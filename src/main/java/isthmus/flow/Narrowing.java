package isthmus.flow;

import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A pull's own query, asked for some of its keys. */
final class Narrowing {
    /** Anything that could end a literal, or be a parameter to Camel. */
    private static final Pattern NOT_PLAIN = Pattern.compile("['\"\\\\:?;\\p{Cntrl}]");

    private Narrowing() {}

    /** The system with this pull alone, narrowed; empty where it is no database, or a key is not plain text. */
    static Optional<LegacySystem> of(LegacySystem system, String name, Set<String> keys) {
        Pull pull = system.pull(name);
        if (!system.transport().equals("jdbc")) {
            return Optional.empty();
        }
        List<String> any = new ArrayList<>();
        for (String key : keys) {
            String[] parts = key.split("/", -1);
            if (parts.length != pull.key().size() || NOT_PLAIN.matcher(key).find()) {
                return Optional.empty();
            }
            List<String> all = new ArrayList<>();
            for (int i = 0; i < parts.length; i++) {
                all.add(pull.key().get(i) + " = '" + parts[i] + "'");
            }
            any.add(all.stream().collect(Collectors.joining(" and ", "(", ")")));
        }
        String sql = "select * from (\n" + pull.unordered() + "\n) narrowed\nwhere " + String.join("\n or ", any)
                + "\norder by " + String.join(", ", pull.key());
        return Optional.of(system.with(List.of(asking(pull, sql))));
    }

    private static Pull asking(Pull pull, String sql) {
        return new Pull(
                pull.name(),
                pull.entities(),
                pull.key(),
                null,
                pull.columns(),
                pull.children(),
                pull.settings(),
                null,
                sql,
                pull.rejects());
    }
}
