package isthmus.identity.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * How records of one kind are compared and which are.
 *
 * @param version of the weights, which every score is cited with
 * @param blocks by which records come to be weighed against each other
 * @param within one system
 */
public record Model(String name, String version, List<Field> fields, List<Block> blocks, Within within, Limits limits) {

    /** What two records of one system may be. */
    public enum Within {
        /** They are not compared: the system has nobody twice. */
        NEVER,
        /** Only a person may say that they are one. */
        REVIEW,
        /** As those of two systems. */
        LINK;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

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

    /**
     * How often pairs are on a level: {@code m} of those that are one, {@code u} of those that are not.
     *
     * @param vetoes whether it keeps a pair from being linked
     */
    public record Weight(String field, String level, double m, double u, boolean vetoes) {

        /** What it speaks for two being one, in bits. */
        public double bits() {
            return Math.log(m / u) / Math.log(2);
        }
    }

    /** All weights, field by field and level by level. */
    public List<Weight> weights() {
        return fields.stream()
                .flatMap(field -> field.levels().stream()
                        .map(level -> new Weight(field.name(), level.name(), level.m(), level.u(), level.vetoes())))
                .toList();
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

    /** Of which block a key is. */
    public static String block(String key) {
        return key.substring(0, key.indexOf(Field.NEXT));
    }

    /** Whether something keeps two from being linked whatever else speaks for it, as two names do that do not resemble each other. */
    public boolean isVetoed(Subject left, Subject right) {
        for (int i = 0; i < fields.size(); i++) {
            int at = fields.get(i).level(left.value(i), right.value(i));
            if (at != Field.MISSING && fields.get(i).levels().get(at).vetoes()) {
                return true;
            }
        }
        return false;
    }

    /** What hardly two records have that are not one: each name with each flat. */
    public List<String> twins(Subject subject) {
        return twin().keys(fields, subject);
    }

    /** Names are what may veto. Without a field of names, or of flats, there is no such key. */
    private Block twin() {
        List<Block.Part> parts = new ArrayList<>();
        at(Field::vetoes).ifPresent(name -> parts.add(new Block.Part(name, "")));
        at(Field::hasFlats).ifPresent(place -> parts.add(new Block.Part(place, Field.FLAT)));
        return new Block("twin", parts.size() == 2 ? parts : List.of());
    }

    private OptionalInt at(Predicate<Field> wanted) {
        return IntStream.range(0, fields.size())
                .filter(at -> wanted.test(fields.get(at)))
                .findFirst();
    }

    Model with(String other, List<Field> weighed) {
        return new Model(name, other, List.copyOf(weighed), blocks, within, limits);
    }

    /** What subjects are made by: of two models with one shape they are the same, whatever their weights. */
    public String shape() {
        StringBuilder shape = new StringBuilder(name);
        fields.forEach(field -> shape.append(' ')
                .append(field.name())
                .append(field.of())
                .append(field.comparison().name())
                .append(field.ignored()));
        blocks.forEach(block -> shape.append(' ').append(block.name()));
        twin().parts().forEach(part -> shape.append(" twin ").append(part.field()));
        return shape.toString();
    }

    /** The places of the fields in which an equal value counts by how rare it is. */
    public List<Integer> frequent() {
        return IntStream.range(0, fields.size())
                .filter(at -> fields.get(at).frequent())
                .boxed()
                .toList();
    }

    /** What a record has in a field, for the eyes of whoever judges a pair. */
    public String masked(int at, Subject subject) {
        return fields.get(at).masked(subject.value(at));
    }

    /** The values that a record has in a field. */
    public List<String> values(int at, Subject subject) {
        String value = subject.value(at);
        return value.isEmpty() ? List.of() : List.of(Field.each(value));
    }

    /** How many fields records are compared by. */
    public int size() {
        return fields.size();
    }

    public String field(int at) {
        return fields.get(at).name();
    }
}
