package isthmus.demo.truth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The checker's answer: four counts that should be nought, and a few samples that say why they are not. */
final class Verdict {
    private static final int SAMPLES = 20;
    private static final int OF_A_KIND = 5;

    long lost;
    long duplicated;
    /** Of the duplicated ones, events that were told again under their own id, as they are after a crash. */
    long resent;

    long wrong;
    long unexplained;
    long expected;
    long explained;
    private final Map<String, List<Object>> samples = new LinkedHashMap<>();

    /** Keeps a few of each kind and entity, so that a flood of one does not hide the others. */
    void sample(String kind, String entity, String id, String why) {
        List<Object> few = samples.computeIfAbsent(kind + " " + entity, name -> new ArrayList<>());
        if (few.size() < OF_A_KIND) {
            few.add(Map.of("kind", kind, "entity", entity, "id", id, "why", why));
        }
    }

    private List<Object> shown() {
        List<Object> shown = new ArrayList<>();
        for (int i = 0; i < OF_A_KIND; i++) {
            for (List<Object> few : samples.values()) {
                if (i < few.size() && shown.size() < SAMPLES) {
                    shown.add(few.get(i));
                }
            }
        }
        return shown;
    }

    /** One line of JSON. */
    String json() {
        Map<String, Object> out = new TreeMap<>();
        out.put("lost", lost);
        out.put("duplicated", duplicated);
        out.put("resent", resent);
        out.put("wrong", wrong);
        out.put("unexplained", unexplained);
        out.put("expected", expected);
        out.put("explained", explained);
        out.put("samples", shown());
        return CanonicalJson.of(out);
    }
}
