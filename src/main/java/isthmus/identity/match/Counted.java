package isthmus.identity.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts how common values are among some records. */
final class Counted implements Scorer.Frequencies {
    private final List<Map<String, Integer>> counts = new ArrayList<>();
    private final List<Integer> records = new ArrayList<>();

    Counted(Model model, List<Subject> subjects) {
        for (int i = 0; i < model.fields().size(); i++) {
            Map<String, Integer> of = new HashMap<>();
            int having = 0;
            if (model.fields().get(i).frequent()) {
                for (Subject subject : subjects) {
                    String value = subject.value(i);
                    having += value.isEmpty() ? 0 : 1;
                    for (String one : value.isEmpty() ? new String[0] : Field.each(value)) {
                        of.merge(one, 1, Integer::sum);
                    }
                }
            }
            counts.add(of);
            records.add(having);
        }
    }

    @Override
    public double share(int field, String value) {
        return counts.get(field).getOrDefault(value, 0) / Math.max(1.0, records.get(field));
    }
}
