package isthmus.chaos.check;

import java.sql.SQLException;
import java.util.Map;

/** I7: every refusal, replay and move of a cursor has left the row that explains it, and the audit verifies. */
final class Trail {
    private static final Map<String, String> NONE = Map.ofEntries(
            Map.entry(
                    "refusals without their chunk",
                    "select count(*) from quarantine where not exists (select from chunk c where c.chunk = quarantine.chunk)"),
            Map.entry(
                    "refusals without their run",
                    "select count(*) from quarantine where not exists (select from run r where r.run = quarantine.run)"),
            Map.entry(
                    "refusals without bytes or hint",
                    "select count(*) from quarantine where (octet_length(bytes) = 0 and reason <> 'FILE-EMPTY') or hint = ''"),
            Map.entry(
                    "replayed or dropped refusals without a note",
                    "select count(*) from quarantine where state in ('replayed', 'dropped') and coalesce(note, '') = ''"),
            Map.entry(
                    "replayed or dropped refusals of which the audit knows nothing",
                    "select count(*) from quarantine q where state in ('replayed', 'dropped') and not exists (select from audit a"
                            + " where a.subject = 'piece ' || q.id and a.action in ('quarantine.replay', 'quarantine.drop'))"),
            Map.entry(
                    "moves of a cursor without reason or name",
                    "select count(*) from cursor_history where reason = '' or by = ''"),
            Map.entry(
                    "moves of a cursor of which the audit knows nothing",
                    "select count(*) from cursor_history h where not exists (select from audit a"
                            + " where a.subject = h.system || ' ' || h.pull and a.action = 'cursor.rewind')"),
            Map.entry("gaps in the audit", "select count(*) - coalesce(max(id), 0) from audit"),
            Map.entry(
                    "entries of the audit that its tree does not hold",
                    "select (select count(*) from audit) - (select size from audit_tree)"),
            Map.entry(
                    "refused files without a reason",
                    "select count(*) from arrival where state = 'refused' and reason is null"),
            Map.entry(
                    "records without their chunk",
                    "select count(*) from record where not exists (select from chunk c where c.chunk = record.chunk)"),
            Map.entry("entries of the audit whose hash is not that of their text", """
                    select count(*) from audit where leaf <> sha256('\\x00'::bytea || convert_to(
                        '{"action":' || to_json(action)::text || ',"actor":' || to_json(actor)::text || ',"at":"'
                        || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '","detail":'
                        || to_json(detail)::text || ',"number":' || id || ',"subject":' || to_json(subject)::text || '}',
                        'UTF8'))
                    """));

    private Trail() {}

    static void check(Ground ground, Verdict verdict) throws SQLException {
        verdict.count("refusals", ground.number("select count(*) from quarantine"));
        verdict.count("moves", ground.number("select count(*) from cursor_history"));
        for (var none : NONE.entrySet()) {
            long rows = ground.number(none.getValue());
            verdict.require(rows == 0, "%d %s", rows, none.getKey());
        }
        verdict.count("audit entries", ground.number("select count(*) from audit"));
    }
}
