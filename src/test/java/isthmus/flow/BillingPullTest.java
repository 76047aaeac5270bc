package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Piece;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NullUnmarked
class BillingPullTest {
    private static Maria maria;
    private TestHub hub;

    @BeforeAll
    static void startDatabase() throws Exception {
        maria = Maria.get();
    }

    @BeforeEach
    void setUp() throws Exception {
        maria.run("drop table if exists A_RCVBL_FLOW", "drop table if exists A_RCVBL_DET", """
                create table A_RCVBL_FLOW(CONS_NO CHAR(16), RCVBL_YM CHAR(6), SEQ_NO INT, MP_NO CHAR(16),
                  PRC_CODE CHAR(8), PRC_BGN CHAR(8), BILL_KIND CHAR(1), BGN_DATE CHAR(8), END_DATE CHAR(8),
                  T_PQ DECIMAL(16,4), PEAK_PQ DECIMAL(16,4), VALLEY_PQ DECIMAL(16,4), PRE_READ DECIMAL(12,2),
                  CUR_READ DECIMAL(12,2), T_FACTOR DECIMAL(10,2), NET_AMT VARCHAR(40), TAX_AMT VARCHAR(40),
                  RCVBL_PENALTY VARCHAR(40), RCVBL_AMT VARCHAR(40), RCVED_AMT VARCHAR(40), OWE_AMT VARCHAR(40),
                  RELEASE_TIME VARCHAR(24), DUE_DATE VARCHAR(10), SETTLE_FLAG CHAR(2), LAST_UPDATED DATETIME,
                  PRIMARY KEY(CONS_NO,RCVBL_YM,SEQ_NO), KEY(LAST_UPDATED,CONS_NO,RCVBL_YM,SEQ_NO))
                """, """
                create table A_RCVBL_DET(CONS_NO CHAR(16), RCVBL_YM CHAR(6), SEQ_NO INT, LINE_NO INT,
                  KIND_CODE CHAR(2), TOU_CODE CHAR(1), TIER_NO INT, QTY DECIMAL(16,4), UNIT_PRICE DECIMAL(12,6),
                  AMT DECIMAL(16,2), PRIMARY KEY(CONS_NO,RCVBL_YM,SEQ_NO,LINE_NO))
                """);
        hub = TestHub.of(maria.environment());
    }

    @AfterEach
    void tearDown() {
        hub.close();
    }

    @Test
    void bringsABillWithItsLinesAsOnePieceOfText() throws Exception {
        bill("3301", 1, "2026-11-01 10:00:00", "123.45");
        maria.run(
                "insert into A_RCVBL_DET values('3301','202610',1,1,'01','2',null,100,0.568300,56.83)",
                "insert into A_RCVBL_DET values('3301','202610',1,2,'06',null,1,0.0000001,1,0.01)");

        PullReport report = hub.pulls.run("billing", "bill", 7);

        assertThat(report).isEqualTo(new PullReport("billing", "bill", 1, 1, 1, null));
        var chunk = hub.store.chunks.get(0);
        Piece piece = chunk.pieces().get(0);
        assertThat(chunk.entities()).containsExactly("bill");
        assertThat(chunk.run()).isEqualTo(7);
        assertThat(piece.locator()).isEqualTo("3301/202610/1");
        assertThat(hub.store.value(piece, "CONS_NO")).isEqualTo("3301            ");
        assertThat(hub.store.value(piece, "LAST_UPDATED")).isEqualTo("2026-11-01 10:00:00");
        assertThat(hub.store.value(piece, "PEAK_PQ")).isNull();
        assertThat(piece.children()).hasSize(1);
        assertThat(piece.children().get(0).get(0))
                .containsExactly("1", "01", "2", null, "100.0000", "0.568300", "56.83");
        assertThat(piece.children().get(0).get(1)).containsExactly("2", "06", null, "1", "0.0000", "1.000000", "0.01");
        assertThat(new String(piece.bytes().get(), StandardCharsets.UTF_8))
                .startsWith("{\"CONS_NO\":\"3301            \",\"RCVBL_YM\":\"202610\",")
                .endsWith("\"AMT\":\"0.01\"}]}");
        assertThat(chunk.after().value())
                .isEqualTo("{\"time\":\"2026-11-01 10:00:00\",\"key\":[\"3301\",\"202610\",\"1\"]}");
    }

    @Test
    void losesNoneOfManyEqualChangeTimesWhenAChunkEdgeLiesBetweenThem() throws Exception {
        bills(7_001, "2026-11-01 10:00:00");
        hub.store.beforeCommit = chunk -> {
            if (hub.store.chunks.size() == 1) {
                hub.store.beforeCommit = any -> {};
                throw new IllegalStateException("the store stops between two chunks");
            }
        };

        PullReport report = hub.pulls.run("billing", "bill", 1);

        assertThat(report.isWhole()).isTrue();
        assertThat(report.attempts()).isEqualTo(2);
        assertThat(new HashSet<>(hub.store.locators())).hasSize(7_001);
        assertThat(hub.store.chunks).hasSize(3);
    }

    @Test
    void findsARowThatWasCommittedLateInsideTheOverlap() throws Exception {
        bill("1", 1, "2026-11-01 10:00:00", "1");
        hub.pulls.run("billing", "bill", 1);
        bill("2", 1, "2026-11-01 09:56:00", "1");
        bill("3", 1, "2026-11-01 09:54:59", "1");

        hub.store.chunks.clear();
        hub.pulls.run("billing", "bill", 2);

        assertThat(hub.store.locators()).containsExactly("2/202610/1", "1/202610/1");
        assertThat(hub.store.positions.get("billing.bill").value()).contains("2026-11-01 10:00:00");
    }

    @Test
    void doesNotLetOneRowFromTheFarFutureHideLaterOnes() throws Exception {
        bill("1", 1, "2026-11-01 10:00:00", "1");
        bill("2", 1, "9999-12-31 00:00:00", "1");

        hub.pulls.run("billing", "bill", 1);

        assertThat(hub.store.locators()).hasSize(2);
        assertThat(hub.store.positions.get("billing.bill").value()).contains("2026-11-01 10:00:00");
    }

    @Test
    void namesTheColumnsThatTheQueryDoesNotGive() throws Exception {
        bill("1", 1, "2026-11-01 10:00:00", "1");
        maria.run("alter table A_RCVBL_FLOW drop column MP_NO");

        PullReport report = hub.pulls.run("billing", "bill", 1);

        assertThat(report.attempts()).isEqualTo(1);
        assertThat(report.failure().reason().code()).isEqualTo("CONFIG");
        assertThat(report.failure().text()).contains("SQLState 42");
    }

    @Test
    void givesUpNamedAfterRetriesWhenTheDatabaseIsAway() throws Exception {
        try (TestHub alone = TestHub.of(java.util.Map.of())) {
            PullReport report =
                    alone.pulls(new Backoff(1, Duration.ZERO, Duration.ZERO)).run("billing", "bill", 1);

            assertThat(report.attempts()).isEqualTo(2);
            assertThat(report.failure().reason().code()).isEqualTo("SOURCE-AWAY");
        }
    }

    @Test
    void leavesNoConnectionBehindWhenTheStoreFailsInTheMiddle() throws Exception {
        bills(6_000, "2026-11-01 10:00:00");
        hub.store.beforeCommit = chunk -> {
            throw new IllegalStateException("the disk is full");
        };

        for (int i = 0; i < 3; i++) {
            assertThat(hub.pulls.run("billing", "bill", 1).failure().reason().code())
                    .isEqualTo("STORE-AWAY");
        }

        var pool = hub.context.getRegistry().lookupByNameAndType("billing", com.zaxxer.hikari.HikariDataSource.class);
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }

    @Test
    void streamsManyRowsThroughASmallHeap() throws Exception {
        maria.run("""
                insert into A_RCVBL_FLOW(CONS_NO, RCVBL_YM, SEQ_NO, MP_NO, NET_AMT, TAX_AMT, RCVBL_AMT, LAST_UPDATED)
                select seq, '202610', 1, seq, '100.00', '13.00', '113.00',
                  date_add('2026-10-01', interval seq div 10 second) from seq_1_to_150000
                """);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx80m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        maria.environment().get("BILLING_URL"),
                        "bill")
                .redirectErrorStream(true)
                .start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("pieces=150000 whole=true");
    }

    private void bill(String cons, int seq, String updated, String amount) throws SQLException {
        try (Connection connection = maria.connect();
                PreparedStatement insert = insert(connection)) {
            set(insert, cons, seq, updated, amount);
            insert.execute();
        }
    }

    private void bills(int count, String updated) throws SQLException {
        try (Connection connection = maria.connect();
                PreparedStatement insert = insert(connection)) {
            connection.setAutoCommit(false);
            for (int i = 0; i < count; i++) {
                set(insert, String.format("%08d", i), 1, updated, "1.00");
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        }
    }

    private static PreparedStatement insert(Connection connection) throws SQLException {
        return connection.prepareStatement("""
                insert into A_RCVBL_FLOW(CONS_NO, RCVBL_YM, SEQ_NO, MP_NO, T_PQ, RCVBL_AMT, LAST_UPDATED)
                values(?, '202610', ?, 'M1', 12.5, ?, ?)
                """);
    }

    private static void set(PreparedStatement insert, String cons, int seq, String updated, String amount)
            throws SQLException {
        List<String> texts = List.of(cons, amount, updated);
        insert.setString(1, texts.get(0));
        insert.setInt(2, seq);
        insert.setString(3, texts.get(1));
        insert.setString(4, texts.get(2));
    }
}
