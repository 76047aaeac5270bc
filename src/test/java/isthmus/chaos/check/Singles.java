package isthmus.chaos.check;

import java.sql.SQLException;

/** The half of I2 that the store's own tables can tell: one row a subject, one entry a version, one event a version. */
final class Singles {
    private Singles() {}

    static void check(Ground ground, Verdict verdict) throws SQLException {
        ground.each("select count(*), count(distinct (entity, id)) from record", row -> {
            verdict.count("rows", row.getLong(1));
            verdict.require(
                    row.getLong(1) == row.getLong(2), "%d rows for %d subjects", row.getLong(1), row.getLong(2));
        });
        ground.each(
                "select id, sequence, count(*) from change group by id, op, sequence, contenthash having count(*) > 1",
                row -> verdict.breach(
                        "%s was applied %d times with sequence %s",
                        row.getString(1), row.getLong(3), row.getString(2)));
        // Every version that ever stood is the present row or a row of history; each came with one change.
        ground.each(
                "select id, count(*), max(h.rows) from change c join (select id, count(*) as rows from record_history"
                        + " group by id) h using (id) group by id having count(*) <> max(h.rows) + 1",
                row -> verdict.breach(
                        "%s has %d changes and %d rows of history", row.getString(1), row.getLong(2), row.getLong(3)));
        ground.each(
                "select fingerprint, count(*) from quarantine group by 1 having count(*) > 1",
                row -> verdict.breach("refusal %s stands there %d times", row.getString(1), row.getLong(2)));
    }
}
