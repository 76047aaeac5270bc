package isthmus.chaos.check;

import java.sql.SQLException;
import java.util.Map;

/** I7 as far as it exists: every refusal, replay and move of a cursor has left the row that explains it. */
final class Trail {
    private static final Map<String, String> NONE = Map.of(
            "refusals without their chunk",
            "select count(*) from quarantine where not exists (select from chunk c where c.chunk = quarantine.chunk)",
            "refusals without their run",
            "select count(*) from quarantine where not exists (select from run r where r.run = quarantine.run)",
            "refusals without bytes or hint",
            "select count(*) from quarantine where (octet_length(bytes) = 0 and reason <> 'FILE-EMPTY') or hint = ''",
            "replayed or dropped refusals without a note",
            "select count(*) from quarantine where state in ('replayed', 'dropped') and coalesce(note, '') = ''",
            "moves of a cursor without reason or name",
            "select count(*) from cursor_history where reason = '' or by = ''",
            "refused files without a reason",
            "select count(*) from arrival where state = 'refused' and reason is null",
            "records without their chunk",
            "select count(*) from record where not exists (select from chunk c where c.chunk = record.chunk)");

    private Trail() {}

    static void check(Ground ground, Verdict verdict) throws SQLException {
        verdict.count("refusals", ground.number("select count(*) from quarantine"));
        verdict.count("moves", ground.number("select count(*) from cursor_history"));
        for (var none : NONE.entrySet()) {
            long rows = ground.number(none.getValue());
            verdict.require(rows == 0, "%d %s", rows, none.getKey());
        }
        verdict.remark("the room audit does not exist yet: rows are there, nothing proves that none was taken away");
    }
}
