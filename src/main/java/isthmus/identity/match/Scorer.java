package isthmus.identity.match;

import isthmus.identity.match.Field.Level;
import isthmus.identity.match.Score.Evidence;
import java.util.ArrayList;
import java.util.List;

/** Weighs pairs by a model (Fellegi and Sunter), with the frequency of a value in the place of its usual chance. */
public final class Scorer {
    private final Model model;
    private final Frequencies frequencies;
    private final double prior;

    /** How common the values of a field are. */
    public interface Frequencies {
        /** The share of a prepared value among all records that have the field, 0 to 1; 0 when it is not known. */
        double share(int field, String value);
    }

    /** @param others how many records one is looked for among */
    public Scorer(Model model, Frequencies frequencies, long others) {
        this.model = model;
        this.frequencies = frequencies;
        this.prior = -Math.log(Math.max(2, others)) / Math.log(2);
    }

    public Score score(Subject left, Subject right) {
        List<Evidence> evidence = new ArrayList<>(model.fields().size());
        for (int i = 0; i < model.fields().size(); i++) {
            Field field = model.fields().get(i);
            int at = field.level(left.value(i), right.value(i));
            if (at == Field.MISSING) {
                evidence.add(new Evidence(field.name(), Evidence.MISSING, 0, false, false));
            } else {
                Level level = field.levels().get(at);
                evidence.add(new Evidence(
                        field.name(),
                        level.name(),
                        bits(i, at, left.value(i), right.value(i)),
                        at < field.strong(),
                        level.vetoes()));
            }
        }
        return new Score(prior, evidence);
    }

    private double bits(int at, int level, String left, String right) {
        Field field = model.fields().get(at);
        if (level > 0 || !field.frequent()) {
            return field.levels().get(level).bits();
        }
        double share = frequencies.share(at, shared(left, right));
        double m = field.levels().get(0).m();
        return share <= 0 ? field.levels().get(0).bits() : Math.log(m / Math.min(1, share)) / Math.log(2);
    }

    /** Of several values the one that both have; the first where all are the same. */
    private static String shared(String left, String right) {
        if (left.indexOf(Field.NEXT) < 0) {
            return left;
        }
        List<String> others = List.of(Field.each(right));
        for (String one : Field.each(left)) {
            if (others.contains(one)) {
                return one;
            }
        }
        return left;
    }
}
