package isthmus.identity;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.identity.LinkReport.Huge;
import isthmus.identity.match.Model;
import isthmus.identity.match.Score;
import isthmus.identity.match.Subject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Weighs every pair of customers that have something in common, and keeps those that may be one. */
final class Weighing {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FETCH = 5_000;
    private static final int LINES = 1 << 20;
    private static final String FREQUENT = "select value, records from match_frequency";
    private static final String PAIR =
            "public.match_pair (left_no, right_no, posterior, vetoed, strong, levels, score)";

    private final List<Model> models;
    private final Kept kept;

    Weighing(List<Model> models, Kept kept) {
        this.models = models;
        this.kept = kept;
    }

    /** Weighs anew whatever the store holds, with how common each value is now; answers what too many have in common. */
    List<Huge> all(Session session) throws SQLException {
        // Not truncated: who asks meanwhile would have to wait until the night is over.
        for (String table : List.of("match_pair", "match_frequency", "match_source")) {
            session.run("delete from " + table);
        }
        session.run(Statements.text("match-sources"));
        session.run(Statements.text("match-frequency"));
        session.run("analyze match_subject, match_key");
        session.run(Statements.text("match-candidates"), block());
        session.run("analyze match_candidate");
        Map<Long, Long> frequencies = frequencies(session, FREQUENT);
        for (Model model : models) {
            weigh(session, model, frequencies);
        }
        session.run("analyze match_pair");
        return huge(session);
    }

    private List<Huge> huge(Session session) throws SQLException {
        List<Huge> huge = new ArrayList<>();
        try (PreparedStatement query = session.prepare(Statements.text("huge"))) {
            query.setInt(1, block());
            query.setInt(2, LinkReport.SHOWN);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    huge.add(huge(row));
                }
            }
        }
        return huge;
    }

    /** Only tokens of keys are kept: of which block one is, whoever has it tells. */
    private Huge huge(ResultSet row) throws SQLException {
        String kind = row.getString("model");
        String id = row.getString("id");
        long token = row.getLong("key");
        Subject subject = kept.subject(id, row.getString("source"), row.getString("features"));
        String block = models.stream()
                .filter(model -> model.name().equals(kind))
                .flatMap(model ->
                        model.keys(subject).stream().filter(key -> kept.tokens().key(model, key) == token))
                .map(Model::block)
                .findFirst()
                .orElse("");
        return new Huge(kind, block, row.getLong("records"), id);
    }

    /** Weighs those whose subjects have just been made against all, with how common each value was last night. */
    void fresh(Session session) throws SQLException {
        int block = block();
        session.run(Statements.text("match-candidates-of"), block + 1, block);
        session.run("analyze match_candidate");
        Map<Long, Long> frequencies = frequencies(session, Statements.text("match-frequent-of"));
        for (Model model : models) {
            weigh(session, model, frequencies);
        }
    }

    private int block() {
        return models.stream().mapToInt(model -> model.limits().block()).max().orElse(2);
    }

    private void weigh(Session session, Model model, Map<Long, Long> frequencies) throws SQLException {
        Scores scores = new Scores(model, frequencies, sources(session, model), kept.tokens());
        StringBuilder lines = new StringBuilder();
        try (PreparedStatement query = session.prepare(Statements.text("match-subjects"))) {
            query.setString(1, model.name());
            query.setBoolean(2, model.within() != Model.Within.NEVER);
            query.setFetchSize(FETCH);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    Subject left = subject(row, "left");
                    Subject right = subject(row, "right");
                    Score score = scores.of(left, right);
                    if (score.posterior() >= model.limits().rival()) {
                        line(lines, row, score);
                    }
                    if (lines.length() > LINES) {
                        session.copy(PAIR, lines);
                    }
                }
            }
        }
        session.copy(PAIR, lines);
    }

    private Subject subject(ResultSet row, String side) throws SQLException {
        return kept.subject(
                row.getString(side + "_id"), row.getString(side + "_source"), row.getString(side + "_features"));
    }

    private static void line(StringBuilder lines, ResultSet row, Score score) throws SQLException {
        lines.append(row.getLong("left_no"))
                .append('\t')
                .append(row.getLong("right_no"))
                .append('\t');
        lines.append(score.posterior()).append('\t').append(score.isVetoed()).append('\t');
        lines.append(score.strong()).append('\t');
        lines.append(Statements.cell(levels(score))).append('\t');
        lines.append(Statements.cell(numbers(score))).append('\n');
    }

    private static String levels(Score score) {
        ArrayNode levels = JSON.createArrayNode();
        score.said().forEach(one -> levels.addArray().add(one.field()).add(one.level()));
        return levels.toString();
    }

    private static String numbers(Score score) {
        ObjectNode numbers = JSON.createObjectNode();
        numbers.put("posterior", Score.chance(score.posterior()));
        numbers.put("weight", Score.bits(score.weight()));
        numbers.put("prior", Score.bits(score.prior()));
        ArrayNode bits = numbers.putArray("bits");
        score.said().forEach(one -> bits.add(Score.bits(one.bits())));
        return numbers.toString();
    }

    private static Map<String, Long> sources(Session session, Model model) throws SQLException {
        Map<String, Long> sources = new HashMap<>();
        try (PreparedStatement query = session.prepare("select source, records from match_source where model = ?")) {
            query.setString(1, model.name());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    sources.put(row.getString(1), row.getLong(2));
                }
            }
        }
        return sources;
    }

    private static Map<Long, Long> frequencies(Session session, String statement) throws SQLException {
        Map<Long, Long> counts = new HashMap<>();
        try (PreparedStatement query = session.prepare(statement)) {
            query.setFetchSize(FETCH);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    counts.put(row.getLong(1), row.getLong(2));
                }
            }
        }
        return counts;
    }
}
