package isthmus.demo.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what the hub's nights have found with what was planted for them to find, by SQL alone. */
public final class Score {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NAMED = 10;
    private static final String TWINS = "X-DUP";
    private static final List<String> SHORES = List.of("missing", "extra", "different");

    /** What one check had to find by subject, what it found, and what it should have let pass. */
    private record Sides(
            Map<String, String> planted, Map<String, String> found, Set<String> near, Set<String> alsoRight) {
        Sides() {
            this(new TreeMap<>(), new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
        }
    }

    private final Map<String, Sides> checks = new TreeMap<>();
    private final Map<String, Sides> shores = new TreeMap<>();
    private final Identities identities = new Identities();
    private Set<String> last = Set.of();

    private Score() {}

    /** Prints the score of a data directory; the store is named by {@code ISTHMUS_STORE_*} in the environment. */
    public static void main(String[] arguments) throws IOException, SQLException {
        Map<String, String> env = System.getenv();
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        out.println(of(
                Path.of(arguments[0]),
                env.getOrDefault("ISTHMUS_STORE_URL", ""),
                env.getOrDefault("ISTHMUS_STORE_USER", ""),
                env.getOrDefault("ISTHMUS_STORE_PASSWORD", "")));
    }

    /**
     * One line of JSON: by check, and for {@code missing}, {@code extra} and {@code different}, {@code precision} and
     * {@code recall}; {@code repaired}, the share of what stood between the shores that the last night no longer saw; and
     * {@code identity}, unless the world is from before there was a truth about persons.
     */
    public static String of(Path dir, String storeUrl, String storeUser, String storePassword)
            throws IOException, SQLException {
        Score score = new Score();
        Path truth = dir.resolve("truth");
        StoreTables store = new StoreTables(storeUrl, storeUser, storePassword);
        List<JsonNode> people = JsonLines.read(truth.resolve("identities.jsonl"));
        people.forEach(score.identities::is);
        store.links(score.identities::link);
        JsonLines.read(truth.resolve("contradictions.jsonl")).forEach(score::plant);
        JsonLines.read(truth.resolve("drift.jsonl")).forEach(score::drift);
        store.breaks((code, subject, cause) ->
                score.checks.computeIfAbsent(code, name -> new Sides()).found().put(subject, cause));
        List<String> nights = store.nights();
        for (String night : nights) {
            score.night(JSON.readTree(night));
        }
        score.judgeTwins();
        Map<String, Object> answer = score.answer();
        answer.put("nights", nights.size());
        if (!people.isEmpty()) {
            answer.put("identity", score.identities.answer());
        }
        return CanonicalJson.of(answer);
    }

    private void plant(JsonNode line) {
        Sides sides = checks.computeIfAbsent(line.path("check").asText(), name -> new Sides());
        String subject = line.path("subject").asText();
        if (isOne(line.path("unlessOne"))) {
            return;
        }
        if (line.path("isBreak").asBoolean()) {
            sides.planted().put(subject, line.path("cause").asText());
        } else {
            sides.near().add(subject);
        }
    }

    /** Whether the hub has linked the first of some records with another of them. */
    private boolean isOne(JsonNode records) {
        for (int i = 1; i < records.size(); i++) {
            if (identities.areLinked(records.path(0).asText(), records.path(i).asText())) {
                return true;
            }
        }
        return false;
    }

    /** Which pairs of one customer no link has made one depends on the links, not on what was planted: such a pair is found rightly. */
    private void judgeTwins() {
        Sides sides = checks.getOrDefault(TWINS, new Sides());
        for (String subject : sides.found().keySet()) {
            String[] two = subject.split("/", 2);
            if (two.length == 2
                    && !sides.planted().containsKey(subject)
                    && identities.areOne(customer(two[0]), customer(two[1]))) {
                sides.alsoRight().add(subject);
            }
        }
    }

    /** Of {@code crm:C00010105}. */
    private static String customer(String said) {
        String[] name = said.split(":", 2);
        return "urn:isthmus:yj:" + name[0] + ":customer:" + name[name.length - 1];
    }

    private void drift(JsonNode line) {
        shores.computeIfAbsent(line.path("kind").asText(), name -> new Sides())
                .planted()
                .put(line.path("id").asText(), "");
    }

    private void night(JsonNode report) {
        last = new TreeSet<>();
        for (JsonNode line : report.path("lines")) {
            for (String kind : SHORES) {
                for (JsonNode name : line.path(kind).path("names")) {
                    shores.computeIfAbsent(kind, k -> new Sides()).found().put(name.asText(), "");
                    last.add(name.asText());
                }
            }
        }
    }

    private Map<String, Object> answer() {
        Map<String, Object> answer = new TreeMap<>();
        List<Object> rows = new ArrayList<>();
        shores.forEach((kind, sides) -> rows.add(row(kind, sides)));
        checks.forEach((check, sides) -> rows.add(row(check, sides)));
        answer.put("checks", rows);
        long planted = 0;
        long repaired = 0;
        for (Sides sides : shores.values()) {
            planted += sides.planted().size();
            repaired += sides.planted().keySet().stream()
                    .filter(id -> sides.found().containsKey(id) && !last.contains(id))
                    .count();
        }
        answer.put("repaired", share(repaired, planted));
        return answer;
    }

    private static Map<String, Object> row(String check, Sides sides) {
        Set<String> right = new TreeSet<>(sides.planted().keySet());
        right.retainAll(sides.found().keySet());
        Set<String> missed = new TreeSet<>(sides.planted().keySet());
        missed.removeAll(right);
        Set<String> wrong = new TreeSet<>(sides.found().keySet());
        wrong.removeAll(right);
        wrong.removeAll(sides.alsoRight());
        long causes = right.stream()
                .filter(subject -> Objects.equals(
                        sides.planted().get(subject), sides.found().get(subject)))
                .count();
        Map<String, Object> row = new TreeMap<>();
        row.put("check", check);
        row.put("planted", sides.planted().size());
        row.put("found", sides.found().size());
        row.put("near", sides.near().size());
        row.put(
                "precision",
                share(right.size() + sides.alsoRight().size(), sides.found().size()));
        row.put("recall", share(right.size(), sides.planted().size()));
        row.put("causes", share(causes, right.size()));
        row.put("missed", missed.stream().limit(NAMED).toList());
        row.put("wrong", wrong.stream().limit(NAMED).toList());
        return row;
    }

    /** Rounded down, so that one is one; of nothing, all is right. */
    static String share(long part, long whole) {
        return whole == 0
                ? "1.000"
                : BigDecimal.valueOf(part)
                        .divide(BigDecimal.valueOf(whole), 3, RoundingMode.DOWN)
                        .toPlainString();
    }
}
