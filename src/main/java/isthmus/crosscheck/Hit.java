package isthmus.crosscheck;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rule's query says of one subject.
 *
 * @param kwh energy at stake
 * @param money at stake
 * @param evidence every column of the query as text; nothing where it is null
 */
record Hit(
        String subject,
        String cause,
        @Nullable BigDecimal kwhLeft,
        @Nullable BigDecimal kwhRight,
        @Nullable BigDecimal kwh,
        @Nullable BigDecimal money,
        Map<String, String> evidence) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the current row. */
    static Hit of(Rule rule, ResultSet row) throws SQLException {
        Map<String, String> evidence = new LinkedHashMap<>();
        ResultSetMetaData columns = row.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            Object value = row.getObject(i);
            if (value != null) {
                evidence.put(
                        columns.getColumnLabel(i),
                        value instanceof BigDecimal number ? number.toPlainString() : row.getString(i));
            }
        }
        BigDecimal left = number(evidence, "kwh_left");
        BigDecimal right = number(evidence, "kwh_right");
        BigDecimal kwh = kwh(left, right);
        BigDecimal money = number(evidence, "money");
        if (money == null && kwh != null && rule.price() != null) {
            money = kwh.multiply(rule.price());
        }
        return new Hit(
                evidence.getOrDefault("subject", ""),
                evidence.getOrDefault("cause", ""),
                left,
                right,
                kwh,
                money == null ? null : money.abs().setScale(2, java.math.RoundingMode.HALF_UP),
                evidence);
    }

    String evidenceJson() {
        ObjectNode json = JSON.createObjectNode();
        evidence.forEach(json::put);
        return json.toString();
    }

    private static @Nullable BigDecimal kwh(@Nullable BigDecimal left, @Nullable BigDecimal right) {
        if (left == null || right == null) {
            BigDecimal one = left == null ? right : left;
            return one == null ? null : one.abs();
        }
        return left.subtract(right).abs();
    }

    private static @Nullable BigDecimal number(Map<String, String> evidence, String name) {
        String text = evidence.get(name);
        return text == null ? null : new BigDecimal(text);
    }
}
