package isthmus.identity.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the pairs of some records that are worth weighing: those that have the key of a block in common. In memory. */
public final class Candidates {
    private final Model model;
    private final List<Subject> subjects;
    private final boolean isWithin;
    private final List<Set<String>> keys = new ArrayList<>();
    private final List<Map<String, List<Integer>>> blocks = new ArrayList<>();

    /** Takes a pair, by the places of the two in the list. */
    public interface Pair {
        void of(int left, int right);
    }

    /** @param isWithin whether two of one source may be one */
    public Candidates(Model model, List<Subject> subjects, boolean isWithin) {
        this.model = model;
        this.subjects = subjects;
        this.isWithin = isWithin;
        model.blocks().forEach(block -> blocks.add(new HashMap<>()));
        for (int i = 0; i < subjects.size(); i++) {
            Set<String> all = new HashSet<>();
            for (int b = 0; b < blocks.size(); b++) {
                for (String key : model.blocks().get(b).keys(model.fields(), subjects.get(i))) {
                    all.add(key);
                    blocks.get(b)
                            .computeIfAbsent(key, fresh -> new ArrayList<>())
                            .add(i);
                }
            }
            keys.add(all);
        }
    }

    /** Every pair once. */
    public void each(Pair pair) {
        for (int b = 0; b < blocks.size(); b++) {
            int block = b;
            of(block, (left, right) -> {
                if (!isFoundBefore(block, left, right)) {
                    pair.of(left, right);
                }
            });
        }
    }

    private boolean isFoundBefore(int block, int left, int right) {
        for (int earlier = 0; earlier < block; earlier++) {
            for (String key : model.blocks().get(earlier).keys(model.fields(), subjects.get(left))) {
                if (keys.get(right).contains(key) && !isHuge(blocks.get(earlier).getOrDefault(key, List.of()))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The pairs of one block; one that meets by several of its keys comes several times. */
    void of(int block, Pair pair) {
        for (List<Integer> members : blocks.get(block).values()) {
            if (isHuge(members)) {
                continue;
            }
            for (int i = 0; i < members.size(); i++) {
                for (int j = i + 1; j < members.size(); j++) {
                    int left = members.get(i);
                    int right = members.get(j);
                    if (isWithin
                            || !subjects.get(left)
                                    .source()
                                    .equals(subjects.get(right).source())) {
                        pair.of(left, right);
                    }
                }
            }
        }
    }

    private boolean isHuge(List<Integer> members) {
        return members.size() > model.limits().block();
    }
}
