package isthmus.identity;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.model.Urn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The links of a unified customer as they are published (model.md 5.11): levels and weights, and no value of anybody. */
final class GoldenLinks {
    private GoldenLinks() {}

    /** A link, and what is published of it. */
    record Edge(String left, String right, Map<String, Object> published) {}

    /** The links that stand among some customers and accounts. */
    static List<Edge> among(JdbcClient sql, Set<String> ids) {
        String[] all = ids.toArray(String[]::new);
        return sql.sql(Statements.text("golden-links"))
                .params(all, all)
                .query((row, n) -> edge(row))
                .list();
    }

    /** A moment as it is published. */
    static String text(OffsetDateTime at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                at.withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS));
    }

    private static Edge edge(ResultSet row) throws SQLException {
        String left = row.getString("left_id");
        String right = row.getString("right_id");
        String rule = row.getString("rule");
        String by = row.getString("decided_by");
        boolean isRules = by.equals("rules");
        boolean isMatch = rule.equals(LinkRule.MATCH.code());
        Map<String, Object> link = new TreeMap<>();
        link.put("source", left);
        link.put("target", right);
        link.put("silo", Urn.silo(right));
        link.put("entity", Urn.entity(right));
        link.put("method", isRules ? isMatch ? "probabilistic" : "deterministic" : "manual");
        link.put("state", "active");
        link.put(
                "decidedAt",
                row.getObject("at", OffsetDateTime.class)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .withNano(0)
                        .toString());
        link.put("decidedBy", isRules ? "rule:" + rule : by);
        for (JsonNode one : Subjects.tree(row.getString("evidence"))) {
            if (one.path("rule").asText().equals(LinkRule.MATCH.code())) {
                likeness(link, one);
                link.put(
                        "decidedBy",
                        isRules && isMatch ? "matcher:" + one.path("version").asText() : link.get("decidedBy"));
            }
        }
        return new Edge(left, right, link);
    }

    private static void likeness(Map<String, Object> link, JsonNode match) {
        JsonNode score = match.path("score");
        link.put("score", score.path("posterior").asText());
        link.put("weight", score.path("weight").asText());
        List<Object> evidence = new ArrayList<>();
        for (int i = 0; i < match.path("levels").size(); i++) {
            Map<String, Object> field = new TreeMap<>();
            field.put("field", match.path("levels").path(i).path(0).asText());
            field.put("level", match.path("levels").path(i).path(1).asText());
            field.put("weight", score.path("bits").path(i).asText());
            evidence.add(field);
        }
        evidence.add(new TreeMap<>(Map.of(
                "field",
                "prior",
                "level",
                "prior",
                "weight",
                score.path("prior").asText())));
        link.put("evidence", evidence);
    }
}
