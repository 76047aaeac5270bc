package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.flow.Maria;
import isthmus.store.Store;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** The legacy table of payments: {@code id} as key, a change time, an amount; and what the store must hold of it. */
final class Payments {
    private final Maria maria;

    private Payments(Maria maria) {
        this.maria = maria;
    }

    /** An empty table. */
    static Payments open() throws Exception {
        Payments payments = new Payments(Maria.get());
        payments.maria.run("drop table if exists A_RCVED_FLOW", """
                create table A_RCVED_FLOW(PAY_ID CHAR(12), CONS_NO CHAR(16), RCVBL_YM CHAR(6), SEQ_NO INT,
                  PAY_AMT VARCHAR(20), CHANNEL CHAR(2), TENDER CHAR(2), PAY_TIME VARCHAR(24), VALUE_DATE VARCHAR(10),
                  BANK_SERIAL VARCHAR(40), STATUS_CODE CHAR(2), REV_PAY_ID CHAR(12), LAST_UPDATED DATETIME,
                  PRIMARY KEY(PAY_ID), KEY(LAST_UPDATED,PAY_ID))
                """);
        return payments;
    }

    Maria maria() {
        return maria;
    }

    /** So many payments, {@code perSecond} of them with one change time. */
    void add(int from, int count, int perSecond) throws SQLException {
        maria.run(("""
                insert into A_RCVED_FLOW select lpad(seq, 8, '0'), '3301', '202610', 1, concat(seq, '.25'), '01', null,
                  '2026-11-01 08:00:00', null, 'B', '01', null,
                  date_add('2026-11-01 10:00:00', interval seq div %d second) from seq_%d_to_%d
                """).formatted(perSecond, from, from + count - 1));
    }

    void add(String id, String amount, String updated) throws SQLException {
        maria.run(insert(id, amount, updated));
    }

    static String insert(String id, String amount, String updated) {
        return "insert into A_RCVED_FLOW values('%s','3301','202610',1,'%s','01',null,'2026-11-01 08:00:00',null,'B','01',null,'%s')"
                .formatted(id, amount, updated);
    }

    /** Every payment of the source once and with its amount of now, and one event for each of its versions. */
    void assertAllIn(Store store, int versions) throws SQLException {
        assertThat(held(store)).isEqualTo(truth());
        assertThat(store.count("change")).isEqualTo(versions);
    }

    Map<String, String> truth() throws SQLException {
        Map<String, String> truth = new TreeMap<>();
        try (Connection connection = maria.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select trim(PAY_ID), PAY_AMT from A_RCVED_FLOW")) {
            while (rows.next()) {
                truth.put(rows.getString(1), rows.getString(2));
            }
        }
        return truth;
    }

    private static Map<String, String> held(Store store) {
        Map<String, String> held = new TreeMap<>();
        store.sql
                .sql("select regexp_replace(id, '.*:', ''), body ->> 'amount' from record where entity = 'payment'")
                .query((row, n) -> held.put(row.getString(1), row.getString(2)))
                .list();
        return held;
    }

    /** The change time up to which the hub believes to have read. */
    static String cursor(Store store) {
        return store.sql
                .sql("select value ->> 'time' from cursor where pull = 'payment'")
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** The greatest change time among the payments that the store holds. */
    String newestHeld(Store store) throws SQLException {
        String ids = "'" + String.join("','", held(store).keySet()) + "'";
        try (Connection connection = maria.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select cast(max(LAST_UPDATED) as char) from A_RCVED_FLOW where PAY_ID in (" + ids + ")")) {
            rows.next();
            String newest = rows.getString(1);
            return newest == null ? "" : newest;
        }
    }
}
