package isthmus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.reconcile.Nights.Chain;
import isthmus.reconcile.Nights.Kept;
import isthmus.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody changes a night that is over without its being seen. */
class ChainTest {
    private static final OffsetDateTime TWO = OffsetDateTime.parse("2026-11-02T02:00:00+08:00");

    private final Store store = Store.fresh();
    private final Nights nights = new Nights(store.source);

    @BeforeEach
    void fourNightsOfWhichTheThirdWasStopped() {
        NightLog log = new NightLog(store.source);
        for (int n = 0; n < 4; n++) {
            OffsetDateTime at = TWO.plusDays(n);
            long id = log.begin(at, at, "{}");
            if (n != 2) {
                log.end(green(id, at));
            }
        }
    }

    @Test
    void everyNightHoldsAndTheHashIsThatOfTheTextBesideTheOneBefore() throws Exception {
        Kept first = nights.find(1).orElseThrow();
        Kept last = nights.last().orElseThrow();

        Chain chain = nights.verify();

        assertThat(chain).isEqualTo(new Chain(3, last.hash(), null, null));
        assertThat(first.previous()).isEmpty();
        assertThat(last.report().id()).isEqualTo(4);
        assertThat(last.previous()).isEqualTo(nights.find(2).orElseThrow().hash());
        byte[] sha256 = MessageDigest.getInstance("SHA-256")
                .digest((last.previous() + "\n" + last.json()).getBytes(StandardCharsets.UTF_8));
        assertThat(last.hash()).isEqualTo(HexFormat.of().formatHex(sha256));
        assertThat(nights.find(3)).isEmpty();
    }

    @Test
    void theReportComesBackAsItWas() {
        NightReport last = green(4, TWO.plusDays(3));

        assertThat(nights.last().orElseThrow().report()).isEqualTo(last);
        assertThat(nights.last().orElseThrow().json()).isEqualTo(last.json());
    }

    @Test
    void aReportThatWasChangedIsNamed() {
        change("update reconcile_run set report = replace(report::text, 'GREEN', 'AMBER')::json where id = 2");

        assertThat(nights.verify())
                .extracting(Chain::nights, Chain::broken, Chain::why)
                .containsExactly(1L, 2L, "its report is not the one that was written down");
        assertThat(nights.find(2).orElseThrow().holds()).isFalse();
        assertThat(nights.find(1).orElseThrow().holds()).isTrue();
    }

    @Test
    void evenABlankIsAChange() {
        change("update reconcile_run set report = (report::text || ' ')::json where id = 4");

        assertThat(nights.verify().broken()).isEqualTo(4);
    }

    @Test
    void aReportThatWasChangedTogetherWithItsHashIsBetrayedByTheNextNight() {
        change("update reconcile_run set report = replace(report::text, 'GREEN', 'AMBER')::json where id = 2");
        change("update reconcile_run set hash = encode(sha256(convert_to(previous || E'\\n' || report::text, 'UTF8')),"
                + " 'hex') where id = 2");

        assertThat(nights.verify())
                .extracting(Chain::nights, Chain::broken, Chain::why)
                .containsExactly(2L, 4L, "it does not follow the night before it");
    }

    @Test
    void aNightThatWasTakenOutIsMissed() {
        change("delete from reconcile_run where id = 1");

        assertThat(nights.verify()).extracting(Chain::nights, Chain::broken).containsExactly(0L, 2L);
    }

    @Test
    void aNightWithoutAHashDoesNotHold() {
        change("update reconcile_run set hash = null, previous = null where id = 4");

        assertThat(nights.verify()).extracting(Chain::nights, Chain::broken).containsExactly(2L, 4L);
    }

    @Test
    void nightsFromBeforeThereWasAChainAreItsBeginning() throws IOException {
        Chain before = nights.verify();
        change("drop table night_notice");
        change("alter table reconcile_run drop column hash, drop column previous");

        change(Files.readString(Path.of("src/main/resources/db/migration/V103__chain.sql")));

        assertThat(nights.verify()).isEqualTo(before);
    }

    @Test
    void aStoreWithoutNightsHoldsNone() {
        change("delete from reconcile_run");

        assertThat(nights.verify()).isEqualTo(new Chain(0, "", null, null));
        assertThat(nights.last()).isEmpty();
    }

    private void change(String sql) {
        store.sql.sql(sql).update();
    }

    private static NightReport green(long id, OffsetDateTime at) {
        return new NightReport(
                id,
                at,
                Duration.ofMinutes(15),
                at,
                at.plusSeconds(41),
                NightReport.Verdict.GREEN,
                List.of(),
                List.of(),
                null,
                List.of());
    }
}
