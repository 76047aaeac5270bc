package isthmus.identity.match;

import java.util.List;
import java.util.function.Function;

/**
 * How records of one kind are compared and which are.
 *
 * @param version of the weights, which every score is cited with
 * @param ways records come to be weighed against each other
 */
public record Model(String name, String version, List<Field> fields, List<Block> blocks, Limits limits) {

    /**
     * What is decided at which probability.
     *
     * @param link from which a pair is linked
     * @param review from which a person has to look
     * @param rival from which another candidate makes a link doubtful
     * @param block how many records may have a key in common before it says nothing any more
     */
    public record Limits(double link, double review, double rival, int block) {
        static final Limits USUAL = new Limits(0.99, 0.60, 0.50, 200);
    }

    /** A record as this model compares it. */
    public Subject subject(String id, String source, Function<String, List<String>> values) {
        return new Subject(
                id,
                source,
                fields.stream()
                        .map(field -> field.prepared(field.of().stream()
                                .flatMap(path -> values.apply(path).stream())
                                .toList()))
                        .toList());
    }

    /** The keys of all blocks. */
    public List<String> keys(Subject subject) {
        return blocks.stream()
                .flatMap(block -> block.keys(fields, subject).stream())
                .toList();
    }

    Model with(String other, List<Field> weighed) {
        return new Model(name, other, List.copyOf(weighed), blocks, limits);
    }
}
