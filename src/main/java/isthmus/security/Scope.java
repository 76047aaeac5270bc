package isthmus.security;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** What somebody may be let do, by the name that identity providers and API keys give it. */
public enum Scope {
    OPS_READ("ops:read", "status, lag, counts and metrics"),
    RECONCILE_READ("reconcile:read", "the nights, the breaks and what repairs have done"),
    IDENTITY_READ("identity:read", "which records may be one, names hidden but for their ends"),
    FEED_READ("feed:read", "records and changes of the entities that were granted"),
    EXPORT("export:bulk", "all records of a granted entity as one file"),
    PII_READ("pii:read", "one person in clear, for a purpose that is written down"),
    PII_BULK("pii:bulk", "lists, feeds and exports of persons in clear, for a purpose that is written down"),
    ERASE_REQUEST("erase:request", "asking for a person to be erased"),
    ERASE_APPROVE("erase:approve", "having a person erased whom somebody else has asked for"),
    RUN_RECONCILE("run:reconcile", "acknowledging and suppressing breaks, comparing both shores"),
    RUN_IDENTITY("run:identity", "saying that two records are one, or are not"),
    ROUTE_VALIDATE("route:validate", "checking and trying routes; the command line has it, no address yet"),
    ROUTE_DEPLOY("route:deploy", "swapping the routes of a system, on the hub's own machine"),
    AUDIT_READ("audit:read", "who had the hub do what, and the proofs that nobody changed it");

    /** Everything that changes something by hand. */
    private static final String ALL_RUNS = "run:*";

    private final String word;
    private final String meaning;

    Scope(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    /** For example {@code feed:read}. */
    public String word() {
        return word;
    }

    public String meaning() {
        return meaning;
    }

    /** Those that a word gives; none for a word of somebody else's. */
    public static Set<Scope> of(String word) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        Arrays.stream(values())
                .filter(scope -> scope.word.equals(word) || (word.equals(ALL_RUNS) && scope.word.startsWith("run:")))
                .forEach(scopes::add);
        return scopes;
    }
}
