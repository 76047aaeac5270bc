package isthmus.security;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and what may be asked for.
 *
 * @param name as the audit has it: {@code local}, the subject of a token, or {@code key:} and the name of an API key
 * @param label by which a reader of the feed may call itself, and what begins with it and a hyphen; null for any name
 * @param entities whose records may be seen; {@link #EVERY} stands for all
 * @param partner the organisation outside that asks, which gets only what was granted to it; null for the utility's own
 */
public record Caller(
        String name,
        @Nullable String label,
        Set<Scope> scopes,
        Set<String> entities,
        @Nullable String partner) {
    public static final String EVERY = "*";

    /** Where a question carries who asks it. */
    public static final String ATTRIBUTE = "isthmus.caller";

    /** Who sits at the hub's own machine, where nobody is asked to sign in. */
    public static final Caller LOCAL = new Caller("local", null, EnumSet.allOf(Scope.class), Set.of(EVERY));

    public Caller {
        scopes = Set.copyOf(scopes);
        entities = Set.copyOf(entities);
    }

    /** One of the utility's own. */
    public Caller(String name, @Nullable String label, Set<Scope> scopes, Set<String> entities) {
        this(name, label, scopes, entities, null);
    }

    /**
     * What is not granted.
     *
     * @param scope that would be needed; null when it is an entity that is lacking
     */
    public record Lack(@Nullable Scope scope, @Nullable String entity) {}

    /**
     * What this caller lacks for something; null for nothing.
     *
     * @param entity that the path names; null when it names none
     */
    public @Nullable Lack lacks(Rights.Right right, @Nullable String entity) {
        if (right.isOpen()) {
            return null;
        }
        if (right.anyOf().stream().noneMatch(scopes::contains)) {
            return new Lack(right.anyOf().get(0), null);
        }
        for (String shown : right.shows(entity)) {
            if (!entities.contains(EVERY) && !entities.contains(shown)) {
                return new Lack(null, shown);
            }
        }
        return null;
    }

    /** Whether a reader of the feed may be known by this name. */
    public boolean mayBeCalled(String reader) {
        return label == null || reader.equals(label) || reader.startsWith(label + "-");
    }
}
