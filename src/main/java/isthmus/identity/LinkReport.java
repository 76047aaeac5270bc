package isthmus.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the links stand after they were brought up to date, by rule in the order of the rules.
 *
 * @param huge what so many have in common that it brought nobody together, the most first, at most {@link #SHOWN}
 * @param fault why they were not brought up to date, without personal data; null when they were
 */
public record LinkReport(
        List<Count> rules, List<Huge> huge, @Nullable String fault) {
    /** How many of {@link Huge} are told. */
    static final int SHOWN = 20;

    /**
     * The links of one rule; {@code linked} is what it was before, and {@code fresh}, without {@code ended}.
     *
     * @param rule its code
     * @param review pairs that a person has to look at
     * @param vetoed pairs that the rule has found and something speaks against
     * @param fresh links that were none before, or another rule's
     * @param ended links that are none any more, or another rule's
     */
    public record Count(String rule, long linked, long review, long vetoed, long fresh, long ended) {}

    /**
     * A telephone, a flat, a name that more records have than {@code block} allows.
     *
     * @param kind of customers, by the name of the model
     * @param block which thing it is, as the configuration names it; never its value
     * @param one the id of a record that has it
     */
    public record Huge(String kind, String block, long records, String one) {}

    static LinkReport failed(String fault) {
        return new LinkReport(List.of(), List.of(), fault);
    }
}
