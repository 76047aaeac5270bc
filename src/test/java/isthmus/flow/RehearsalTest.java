package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.model.Chunk;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking at a system leaves it as it was. */
@NullUnmarked
class RehearsalTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    @TempDir
    Path root;

    private static Catalog only(String system, Map<String, String> environment) {
        return CatalogReader.only(Path.of("routes", system), Path.of("config"), environment::get);
    }

    @Test
    void readsFilesThatWaitAndMovesNone() throws Exception {
        try (Sftp server = new Sftp(root)) {
            server.put("READ_20261101_01.csv", Sftp.readings(Sftp.reading("A1", "1.00"), Sftp.reading("A2", "2.00")));
            List<String> before = server.names("out");
            Catalog catalog = only("metering", server.environment());
            String pattern =
                    catalog.system("metering").pull("reading").settings().get("pattern");
            assertThat("READ_20261101_01.csv").matches(pattern);

            List<Chunk> seen = new ArrayList<>();
            try (Rehearsal rehearsal = Rehearsal.open(catalog, Clock.systemUTC())) {
                for (int time = 0; time < 2; time++) {
                    assertThat(rehearsal.read("metering", "reading", null, chunk -> {
                                seen.add(chunk);
                                return true;
                            }))
                            .isNull();
                }
            }

            assertThat(seen)
                    .hasSize(2)
                    .allSatisfy(chunk -> assertThat(chunk.read()).isEqualTo(2));
            assertThat(server.names("out")).isEqualTo(before);
            assertThat(server.names("archive")).isEmpty();
            assertThat(server.names("refused")).isEmpty();
        }
    }

    @Test
    void measuresHowLateARowIsSeen() throws Exception {
        // given a table whose rows carry a change time of 40 seconds before they are committed
        Maria maria = Maria.get();
        maria.run(
                "drop table if exists A_RCVED_FLOW",
                "create table A_RCVED_FLOW (PAY_ID bigint primary key, CONS_NO char(16), RCVBL_YM char(6), SEQ_NO int,"
                        + " PAY_AMT varchar(40), CHANNEL char(2), TENDER char(2), PAY_TIME varchar(24), VALUE_DATE char(8),"
                        + " BANK_SERIAL varchar(40), STATUS_CODE char(1), REV_PAY_ID bigint, LAST_UPDATED datetime not null)");
        Catalog catalog = only("billing", maria.environment());
        try (Rehearsal rehearsal = Rehearsal.open(catalog, Clock.systemUTC());
                Connection connection = rehearsal.database("billing")) {
            Soundings soundings = new Soundings(connection, catalog.system("billing"), Clock.systemUTC());
            var pull = catalog.system("billing").pull("payment");

            // when they come while somebody looks on
            ScheduledExecutorService clerk = Executors.newSingleThreadScheduledExecutor();
            ScheduledFuture<?> late = clerk.scheduleAtFixedRate(() -> pay(maria), 0, 400, TimeUnit.MILLISECONDS);
            Soundings.Sounding sounding = soundings.lateness(pull, Duration.ofSeconds(4));
            assertThat(late.isDone()).as("the clerk could not write").isFalse();
            clerk.shutdown();
            assertThat(clerk.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

            // then twice that is advised, and the overlap of five minutes is enough
            assertThat(sounding.found()).contains(" rows came in ").contains("overlap at least PT2M, it is PT5M");
            assertThat(sounding.isWell()).isTrue();
            assertThat(soundings.pull(pull))
                    .extracting(Soundings.Sounding::found)
                    .anyMatch(found -> found.equals("LAST_UPDATED begins no index: every poll reads the whole table"));
        }
    }

    private static void pay(Maria maria) {
        try {
            maria.run("insert into A_RCVED_FLOW (PAY_ID, LAST_UPDATED)"
                    + " select coalesce(max(PAY_ID), 0) + 1, now() - interval 40 second from A_RCVED_FLOW");
        } catch (Exception fault) {
            throw new IllegalStateException(fault);
        }
    }

    @Test
    void tellsAWrongZoneByTheClock() {
        Instant noon = Instant.parse("2026-11-01T04:00:00Z");

        assertThat(Soundings.skew(LocalDateTime.parse("2026-11-01T12:00:01"), noon, SHANGHAI)
                        .isWell())
                .isTrue();
        assertThat(Soundings.skew(LocalDateTime.parse("2026-11-01T04:00:00"), noon, SHANGHAI)
                        .found())
                .endsWith("8 h 0 min behind ours when read in Asia/Shanghai; is zone: right?");
    }
}
