package isthmus.audit;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.audit.Audit.Deed;
import isthmus.audit.AuditTrail.Filter;
import isthmus.audit.proof.Entry;
import isthmus.audit.proof.Evidence;
import isthmus.audit.proof.Inspection;
import isthmus.store.Store;
import java.time.Clock;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows that were written before there was a tree. */
class AuditMigrationTest {
    private static final int ROWS = 700;

    @Test
    void whatWasWrittenBeforeIsInTheTreeAsIfItHadBeenWrittenIntoIt() throws Exception {
        var store = Store.empty();
        Flyway.configure().dataSource(store).target("139?").load().migrate();
        JdbcClient sql = JdbcClient.create(store);
        sql.sql(
                        "insert into audit (at, actor, action, subject, detail) select timestamptz '2026-11-01 00:00:00.123456+08'"
                                + " + (n % 50) * interval '1 minute', '王', 'repair.' || n, E'a\\\"b\\\\\\\\c\\n\\t\\u0001\\u007f', '𠮷 é'"
                                + " from generate_series(1, " + ROWS + ") n")
                .update();
        // As where transactions were given up.
        sql.sql("alter table audit disable trigger audit_stays").update();
        sql.sql("delete from audit where id % 10 = 0").update();
        sql.sql("alter table audit enable trigger audit_stays").update();

        Flyway.configure().dataSource(store).load().migrate();
        AuditTrail trail = new AuditTrail(store);
        Inspection.Report taken = trail.inspect(Evidence.of(List.of()));
        new Audit(store, Clock.systemUTC()).write(List.of(new Deed("ab12", "test", "x", "y")));
        Inspection.Report grown = trail.inspect(Evidence.of(List.of()));

        assertThat(taken.findings()).isEmpty();
        assertThat(taken.entries()).isEqualTo(ROWS * 9 / 10);
        assertThat(grown.findings()).isEmpty();
        assertThat(trail.growth(ROWS * 9 / 10, ROWS * 9 / 10 + 1).fromRoot()).isEqualTo(taken.root());
        assertThat(trail.before(Long.MAX_VALUE, Filter.ALL, 2))
                .extracting(Entry::actor)
                .containsExactly("ab12", "王");
        assertThat(sql.sql("select string_agg(level || ' ' || place, ', ' order by 1) from audit_node")
                        .query(String.class)
                        .single())
                .isEqualTo("8 0, 8 1");
    }
}
