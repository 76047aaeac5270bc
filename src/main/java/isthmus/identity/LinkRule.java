package isthmus.identity;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The rules in their order, those by keys before the one by likeness: the first that finds a pair decides about it (model.md 7.2). */
public enum LinkRule {
    /** A customer names an account of another system. */
    XREF,
    /** Two systems have an account of one number. */
    ACCT_NO,
    /** Two systems have a service point of one number. */
    SP_NO,
    /** Two systems have one meter at a point at the same time. */
    ASSET_NO,
    /** Two customers hold one verified identity number. */
    ID_HASH,
    /** Two organizations hold one social credit code. */
    USCC,
    /** So much speaks for two customers being one that chance is no explanation (model.md 7.4). */
    MATCH;

    /** Written into every row of the log; counted up when a rule decides in another way. */
    static final String VERSION = "rules-3";

    /** As it is written and printed, {@code ACCT-NO} for example. */
    public String code() {
        return name().replace('_', '-');
    }

    /** Its place in the order, from 1. */
    int place() {
        return ordinal() + 1;
    }

    /** The rule of that code, also in small letters. */
    public static Optional<LinkRule> of(String code) {
        return Arrays.stream(values())
                .filter(rule -> rule.code().equalsIgnoreCase(code))
                .findFirst();
    }

    static List<String> codes() {
        return Arrays.stream(values()).map(LinkRule::code).toList();
    }
}
