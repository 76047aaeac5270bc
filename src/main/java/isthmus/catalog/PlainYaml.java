package isthmus.catalog;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** The YAML that is read here: lists, mappings and values that stand where they are written. */
final class PlainYaml {
    private static final int DEEPEST = 64;

    private PlainYaml() {}

    /** False, and told, for an alias (a few lines of them are a billion), a tag (a class to make), and a depth that nobody needs. */
    static boolean isPlain(LoadSettings settings, String text, String name, Problems problems) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (event instanceof AliasEvent) {
                problems.add(name, line, "an alias", "write it out where it is meant");
                return false;
            }
            if (isTagged(event)) {
                problems.add(name, line, "a tag", "a value's kind is known without it");
                return false;
            }
            if (depth > DEEPEST) {
                problems.add(name, line, "more than " + DEEPEST + " levels", "none of these files has as many");
                return false;
            }
        }
        return true;
    }

    private static boolean isTagged(Event event) {
        return event instanceof CollectionStartEvent collection
                        && collection.getTag().isPresent()
                || event instanceof ScalarEvent scalar && scalar.getTag().isPresent();
    }
}
