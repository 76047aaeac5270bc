package isthmus.feed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.model.EventId;
import isthmus.model.Op;
import isthmus.model.Urn;
import isthmus.store.ChangeLog;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Tells of every local day of a system how complete it is, once it is over and no run brings more of it; and again, with a
 * higher revision, when late data have changed it.
 */
public final class Days implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Days.class);
    private static final Duration ROUND = Duration.ofSeconds(30);
    private static final String TOPIC = "day";
    private static final int CHUNKS_A_LOOK = 200;

    /** Of the changes behind a position, the days that they touch. */
    private static final String NOTE = """
            insert into business_day_due (system, day, zone)
            select split_part(id, ':', 4), (b ->> 'localDate')::date, min(b ->> 'timeZone')
            from (select c.id, c.body::json as b from chunk_log l join change c using (chunk)
                  where l.position > :after and l.position <= :upTo and c.entity = 'intervalblock' and c.op = 'upsert') c
            group by 1, 2 on conflict do nothing
            """;
    /** Days between a system's last and yesterday, of which nothing at all has come. */
    private static final String NOTE_SILENT = """
            insert into business_day_due (system, day, zone)
            select l.system, d::date, l.zone
            from (select distinct on (system) system, day, zone from business_day order by system, day desc) l,
                 generate_series(l.day + 1, (:now at time zone l.zone)::date - 1, interval '1 day') d
            on conflict do nothing
            """;

    private static final String DUE = """
            select system, day, zone from business_day_due d
            where (day + 1)::timestamp at time zone zone <= :now
            and not exists (select from run r where r.system = d.system and r.state = 'running')
            order by day, system limit 100
            """;
    private static final String JUDGE = """
            with found as (select count(*) as expected, count(*) filter (where complete) as complete
                           from day_meters(:system, :day, :zone)),
                 last as (select revision, expected, complete from business_day
                          where system = :system and day = :day order by revision desc limit 1)
            insert into business_day (system, day, revision, zone, expected, complete, judged)
            select :system, :day, coalesce((select revision from last), 0) + 1, :zone, expected, complete, :now from found
            where expected > 0 and not exists (select from last where (last.expected, last.complete) = (found.expected, found.complete))
            on conflict do nothing
            """;

    private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    private final Supplier<String> org;
    private final JdbcClient sql;
    private final ChangeLog log;
    private final Door door;
    private final BooleanSupplier turn;
    private final Clock clock;

    /** Where a day is handed over; returns when the other side has it. */
    @FunctionalInterface
    interface Door {
        void tell(String key, byte[] event) throws IOException, InterruptedException;
    }

    private record Due(String system, LocalDate day, String zone) {}

    /**
     * @param org the utility's name in every id
     * @param turn whether it is this hub that judges and tells
     */
    public Days(
            Supplier<String> org,
            DataSource store,
            ChangeLog log,
            Bulletin bulletin,
            BooleanSupplier turn,
            Clock clock) {
        this(org, store, log, (key, event) -> bulletin.tell(TOPIC, key, event), turn, clock);
    }

    Days(Supplier<String> org, DataSource store, ChangeLog log, Door door, BooleanSupplier turn, Clock clock) {
        this.org = org;
        this.sql = JdbcClient.create(store);
        this.log = log;
        this.door = door;
        this.turn = turn;
        this.clock = clock;
    }

    /** Begins to look at what has come. */
    public void start() {
        scheduler.setThreadNamePrefix("days-");
        scheduler.setDaemon(true);
        scheduler.initialize();
        scheduler.scheduleWithFixedDelay(this::once, ROUND);
    }

    @Override
    public void close() {
        scheduler.shutdown();
    }

    /** A scheduled task that throws is never run again, so whatever is thrown ends here, told. */
    private void once() {
        try {
            if (turn.getAsBoolean()) {
                round();
            }
        } catch (DataAccessException away) {
            LOG.warn("STORE-AWAY: no day is judged until it is back ({})", away.getMessage());
        } catch (IOException untold) {
            LOG.warn("a day is told later: {}", untold.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            LOG.error("a bug where days are judged", bug);
        }
    }

    /** Notes what has come, judges what is over, tells what is new. */
    void round() throws IOException, InterruptedException {
        note();
        judge();
        tell();
    }

    /** A crash before the position moves notes the same days again. */
    private void note() {
        long head = log.head();
        for (long at = noted(); at < head; ) {
            long upTo = Math.min(head, at + CHUNKS_A_LOOK);
            sql.sql(NOTE).param("after", at).param("upTo", upTo).update();
            sql.sql("update business_day_noted set position = greatest(position, ?)")
                    .param(upTo)
                    .update();
            at = upTo;
        }
        sql.sql(NOTE_SILENT).param("now", now()).update();
    }

    private long noted() {
        return sql.sql("select position from business_day_noted")
                .query(Long.class)
                .single();
    }

    private void judge() {
        List<Due> due = sql.sql(DUE)
                .param("now", now())
                .query((row, n) -> new Due(row.getString(1), row.getObject(2, LocalDate.class), row.getString(3)))
                .list();
        for (Due one : due) {
            sql.sql(JUDGE)
                    .param("system", one.system())
                    .param("day", one.day())
                    .param("zone", one.zone())
                    .param("now", now())
                    .update();
            sql.sql("delete from business_day_due where system = ? and day = ?")
                    .params(one.system(), one.day())
                    .update();
        }
    }

    private void tell() throws IOException, InterruptedException {
        List<Day> untold = sql.sql("""
                        select system, day, zone, revision, expected, complete, judged from business_day
                        where told is null order by judged, system, day, revision limit 100""")
                .query((row, n) -> new Day(
                        row.getString(1),
                        row.getObject(2, LocalDate.class),
                        ZoneId.of(row.getString(3)),
                        row.getInt(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getTimestamp(7).toInstant()))
                .list();
        for (Day day : untold) {
            door.tell(day.key(), day.event(org.get()));
            sql.sql("update business_day set told = ? where system = ? and day = ? and revision = ?")
                    .params(now(), day.system(), day.day(), day.revision())
                    .update();
        }
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    /**
     * How complete a local day of a system is.
     *
     * @param revision rises when late data change the day
     * @param expected meters that were installed on the day
     * @param complete those of them whose day has every value
     */
    public record Day(
            String system, LocalDate day, ZoneId zone, int revision, long expected, long complete, Instant judged) {
        static final String TYPE = "org.isthmus.day.complete.v1";

        private static final ObjectMapper JSON = new ObjectMapper();
        private static final BigDecimal WHOLE = new BigDecimal(100);

        /** Per cent, rounded down: only a whole day is 100.00. */
        public String share() {
            return new BigDecimal(complete)
                    .multiply(WHOLE)
                    .divide(new BigDecimal(expected), 2, RoundingMode.DOWN)
                    .toPlainString();
        }

        /** As the feed and the service say it. */
        public ObjectNode json() {
            return JSON.createObjectNode()
                    .put("system", system)
                    .put("day", day.toString())
                    .put("timeZone", zone.getId())
                    .put("revision", revision)
                    .put("expected", expected)
                    .put("complete", complete)
                    .put("missing", expected - complete)
                    .put("share", share())
                    .put("missingList", "/api/v1/days/" + system + "/" + day + "/missing");
        }

        String key() {
            return system + "/" + day;
        }

        /** A CloudEvent in structured JSON, the same bytes whenever it is told again. */
        byte[] event(String org) {
            String subject = Urn.prefix(org, system, "day") + day;
            ObjectNode event = JSON.createObjectNode()
                    .put("specversion", "1.0")
                    .put("id", EventId.of(subject, Op.UPSERT, Integer.toString(revision), expected + "/" + complete))
                    .put("source", "urn:isthmus:" + org + ":" + system)
                    .put("type", TYPE)
                    .put("subject", subject)
                    .put(
                            "time",
                            DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                                    judged.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC)))
                    .put("datacontenttype", "application/json")
                    .put("dataschema", "https://isthmus.example/schema/v1/day.json")
                    .put("dataclassification", "internal");
            event.set("data", json());
            return event.toString().getBytes(StandardCharsets.UTF_8);
        }
    }
}
