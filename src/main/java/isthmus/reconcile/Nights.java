package isthmus.reconcile;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The nights that have ended, as they were written down, and the chain that they make. */
public final class Nights {
    private static final int TREND = 30;
    private static final String KEPT = "select previous, hash, report::text as told from reconcile_run";

    private final JdbcClient sql;

    public Nights(DataSource store) {
        this.sql = JdbcClient.create(store);
    }

    /**
     * A night as it was written down.
     *
     * @param json the very text that was stored
     * @param previous the hash of the night before it, empty for the first
     * @param hash over {@code previous} and the text
     */
    public record Kept(NightReport report, String json, String previous, String hash) {

        /** Whether the text is still the one that was written down; only {@link #verify} proves the hash, too. */
        public boolean holds() {
            return ChainHash.hash(previous, json).equals(hash);
        }
    }

    /** What a list tells of a night. */
    public record Line(
            long id,
            OffsetDateTime asOf,
            OffsetDateTime started,
            OffsetDateTime ended,
            NightReport.Verdict verdict,
            List<String> reasons,
            String hash) {}

    /**
     * What is left of a night in the trend.
     *
     * @param breaks open and acknowledged; null when the systems were not compared with each other
     * @param money at stake in them
     */
    record Past(
            long id,
            OffsetDateTime asOf,
            NightReport.Verdict verdict,
            @Nullable Long breaks,
            @Nullable BigDecimal money) {}

    /**
     * How far the chain holds.
     *
     * @param nights that hold, from the first on
     * @param last the hash of the last of them
     * @param broken the first night that does not fit, else null
     * @param why it does not fit
     */
    public record Chain(
            long nights,
            String last,
            @Nullable Long broken,
            @Nullable String why) {}

    /** The night that ended last. */
    public Optional<Kept> last() {
        return sql.sql(KEPT + " where hash is not null order by id desc limit 1")
                .query((row, n) -> kept(row))
                .optional();
    }

    /** The nights that ended before one, the newest first; their reports, which name what does not agree, stay in the store. */
    public List<Line> before(long night, int limit) {
        return sql.sql("""
                        select id, report ->> 'asOf' as as_of, report ->> 'started' as started, report ->> 'ended' as ended,
                               report ->> 'verdict' as verdict, hash,
                               array(select json_array_elements_text(report -> 'reasons')) as reasons
                        from reconcile_run where hash is not null and id < ? order by id desc limit ?
                        """).params(night, limit).query((row, n) -> line(row)).list();
    }

    public Optional<Kept> find(long night) {
        return sql.sql(KEPT + " where hash is not null and id = ?")
                .param(night)
                .query((row, n) -> kept(row))
                .optional();
    }

    /** One page for people, on paper too, that needs nothing besides itself. */
    public String html(Kept night) {
        return NightPage.write(night, until(night.report().id()));
    }

    /** Walks from the first night to the last, and takes every hash anew. */
    public Chain verify() {
        record Step(long night, String previous, String hash) {}
        List<Step> steps = sql.sql("select id, coalesce(previous, 'none'), coalesce(hash, 'none') from reconcile_run"
                        + " where ended is not null order by id")
                .query((row, n) -> new Step(row.getLong(1), row.getString(2), row.getString(3)))
                .list();
        Map<String, Step> after = new HashMap<>();
        steps.forEach(step -> after.put(step.previous(), step));
        Set<Step> walked = new HashSet<>();
        String hash = ChainHash.FIRST;
        for (Step step = after.remove(hash); step != null; step = after.remove(hash)) {
            if (!ChainHash.hash(hash, told(step.night())).equals(step.hash())) {
                return new Chain(walked.size(), hash, step.night(), "its report is not the one that was written down");
            }
            hash = step.hash();
            walked.add(step);
        }
        long nights = walked.size();
        String last = hash;
        return steps.stream()
                .filter(step -> !walked.contains(step))
                .findFirst()
                .map(stray -> new Chain(nights, last, stray.night(), "it does not follow the night before it"))
                .orElse(new Chain(nights, last, null, null));
    }

    /** The last nights up to this one, oldest first. */
    List<Past> until(long night) {
        List<Past> past = new ArrayList<>(
                sql.sql("""
                        select id, report ->> 'asOf' as as_of, report ->> 'verdict' as verdict,
                               (select sum((c ->> 'open')::bigint + (c ->> 'acknowledged')::bigint)
                                from json_array_elements(report -> 'checks') c where c ->> 'severity' <> 'info') as breaks,
                               (select sum((c ->> 'money')::numeric)
                                from json_array_elements(report -> 'checks') c where c ->> 'severity' <> 'info') as money
                        from reconcile_run where hash is not null and id <= ? order by id desc limit ?
                        """).params(night, TREND).query((row, n) -> past(row)).list());
        Collections.reverse(past);
        return past;
    }

    private String told(long night) {
        return sql.sql("select coalesce(report::text, '') from reconcile_run where id = ?")
                .param(night)
                .query(String.class)
                .optional()
                .orElse("");
    }

    private static Kept kept(ResultSet row) throws SQLException {
        String told = row.getString("told");
        return new Kept(NightReport.of(told), told, row.getString("previous"), row.getString("hash"));
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getLong("id"),
                OffsetDateTime.parse(row.getString("as_of")),
                OffsetDateTime.parse(row.getString("started")),
                OffsetDateTime.parse(row.getString("ended")),
                NightReport.Verdict.valueOf(row.getString("verdict")),
                List.of((String[]) row.getArray("reasons").getArray()),
                row.getString("hash"));
    }

    private static Past past(ResultSet row) throws SQLException {
        BigDecimal breaks = row.getBigDecimal("breaks");
        return new Past(
                row.getLong("id"),
                OffsetDateTime.parse(row.getString("as_of")),
                NightReport.Verdict.valueOf(row.getString("verdict")),
                breaks == null ? null : breaks.longValueExact(),
                row.getBigDecimal("money"));
    }
}
