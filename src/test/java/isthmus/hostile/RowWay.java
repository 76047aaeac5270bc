package isthmus.hostile;

import isthmus.flow.Maria;
import isthmus.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of payments over JDBC: one column, or several behind a {@code &}, is what the table says; the others are sound. */
final class RowWay implements Way {
    private static final String SYSTEM = "billing";
    private static final List<String> COLUMNS = List.of(
            "PAY_ID",
            "CONS_NO",
            "RCVBL_YM",
            "SEQ_NO",
            "PAY_AMT",
            "CHANNEL",
            "TENDER",
            "PAY_TIME",
            "VALUE_DATE",
            "BANK_SERIAL",
            "STATUS_CODE",
            "REV_PAY_ID",
            "LAST_UPDATED");
    static final String GOOD = "P-SOUND";

    private final Maria maria = Maria.get();
    private final Kept kept;

    RowWay(Store store) throws Exception {
        kept = new Kept(store);
        StringBuilder table = new StringBuilder("create table A_RCVED_FLOW(");
        COLUMNS.subList(0, COLUMNS.size() - 1)
                .forEach(column -> table.append(column).append(" longtext, "));
        maria.run("drop table if exists A_RCVED_FLOW", table + "LAST_UPDATED datetime) default charset utf8mb4");
        try (Connection connection = maria.connect();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into A_RCVED_FLOW values(" + "?,".repeat(COLUMNS.size() - 1) + "?)")) {
            insert(insert, Map.of("PAY_ID", GOOD));
            for (BadInput input : BadInputs.by("row")) {
                for (Map<String, String> row : rows(input)) {
                    insert(insert, row);
                }
            }
        }
    }

    Map<String, String> environment() {
        return maria.environment();
    }

    /** A payment of an account, and another behind {@code &&}. */
    private static List<Map<String, String>> rows(BadInput input) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (String row : input.sent().split(" && ")) {
            Map<String, String> columns = new LinkedHashMap<>(Map.of("PAY_ID", "P" + input.key()));
            for (String column : row.split(" & ")) {
                String[] parts = column.split("=", 2);
                String value = BadInput.unescaped(parts[1].replace("{key}", input.key()));
                columns.put(parts[0], value.equals("{10 MB}") ? "x".repeat(10 << 20) : value);
            }
            rows.add(columns);
        }
        return rows;
    }

    private static void insert(PreparedStatement insert, Map<String, String> row) throws Exception {
        Map<String, String> sound = Map.of(
                "CONS_NO", "3301",
                "PAY_AMT", "12.00",
                "CHANNEL", "01",
                "PAY_TIME", "2026-11-01 08:00:00",
                "STATUS_CODE", "1",
                "LAST_UPDATED", "2026-11-01 10:00:00");
        for (int i = 0; i < COLUMNS.size(); i++) {
            String column = COLUMNS.get(i);
            String value = row.getOrDefault(column, sound.get(column));
            insert.setString(i + 1, "{null}".equals(value) ? null : value);
        }
        insert.execute();
    }

    @Override
    public String outcome(BadInput input) {
        String refusal = locator(input).contains("\0")
                ? kept.refusals(SYSTEM, "P" + input.key())
                : kept.refusal(SYSTEM, locator(input));
        if (!refusal.isEmpty()) {
            return refusal;
        }
        boolean areSeveral = input.sent().contains(" && ");
        return areSeveral ? kept.spellings(id(input)) : kept.record(id(input));
    }

    @Override
    public String made(BadInput input) {
        return kept.bodies(id(input));
    }

    private static String locator(BadInput input) {
        return rows(input).get(0).get("PAY_ID");
    }

    private static String id(BadInput input) {
        return Kept.id(SYSTEM, "payment", locator(input).replaceAll("[^!-~]", ""));
    }
}
