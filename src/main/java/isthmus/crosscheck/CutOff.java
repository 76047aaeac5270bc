package isthmus.crosscheck;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Up to when a change counts for the rules; of what changed then or later they see the version before, so that what is
 * only half ashore while they look is no break.
 *
 * @param before in the time of the sources
 * @param timeless entities, {@code system/entity}, whose rows say nothing of when they changed, and count as they stand
 */
public record CutOff(Instant before, Set<String> timeless) {

    /** Everything counts as it stands. */
    public static final CutOff NONE = new CutOff(Instant.parse("9999-12-31T00:00:00Z"), Set.of());

    public CutOff {
        timeless = Set.copyOf(timeless);
    }

    /** Blocks count as they stand too: each is the measurements of one day, and no other record has to fit it. */
    private static final String RECORDS = """
            create temporary view record as
            select r.entity, r.id, r.silo, r.energy, coalesce(h.time, r.time) as time,
                coalesce(h.deleted, r.deleted) as deleted, coalesce(h.body, r.body) as body
            from record r cross join lateral (
                select r.time < '%1$s' or r.entity = 'intervalblock' or r.silo || '/' || r.entity = any('{%2$s}') as counts) c
            left join lateral (
                select time, deleted, body from record_history p
                where not c.counts and p.entity = r.entity and p.id = r.id
                    and coalesce(p.time, p.recorded_from) < '%1$s'
                order by p.recorded_to desc, p.sequence desc limit 1) h on true
            where c.counts or h.body is not null
            """;

    /** Makes a view that hides the table of that name from whoever names it later in the session. */
    String records() {
        String names = timeless.stream().sorted().map(name -> '"' + name + '"').collect(Collectors.joining(","));
        return RECORDS.formatted(before, names);
    }
}
