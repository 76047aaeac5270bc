package isthmus.chaos.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was found of one invariant: counts, and every breach in a sentence (the first few are kept). */
public final class Verdict {
    private static final int KEPT = 8;

    private final String invariant;
    private final String promise;
    private final Map<String, Object> counts = new TreeMap<>();
    private final List<String> breaches = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private long broken;

    Verdict(String invariant, String promise) {
        this.invariant = invariant;
        this.promise = promise;
    }

    void count(String name, Object value) {
        counts.put(name, value);
    }

    void add(String name) {
        counts.merge(name, 1L, (a, b) -> (Long) a + (Long) b);
    }

    void breach(String format, Object... values) {
        broken++;
        if (breaches.size() < KEPT) {
            breaches.add(values.length == 0 ? format : format.formatted(values));
        }
    }

    void require(boolean holds, String format, Object... values) {
        if (!holds) {
            breach(format, values);
        }
    }

    /** Something that is not proven and should not be taken for proven. */
    void remark(String text) {
        remarks.add(text);
    }

    public String invariant() {
        return invariant;
    }

    public boolean holds() {
        return broken == 0;
    }

    public List<String> breaches() {
        return List.copyOf(breaches);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("%s %s  %-28s".formatted(invariant, holds() ? "pass" : "FAIL", promise));
        counts.forEach(
                (name, value) -> out.append("  ").append(name).append('=').append(value));
        if (!holds()) {
            out.append("  breaches=").append(broken);
        }
        breaches.forEach(breach -> out.append("\n     breach: ").append(breach));
        remarks.forEach(remark -> out.append("\n     note: ").append(remark));
        return out.toString();
    }
}
