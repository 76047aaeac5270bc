package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.audit.Audit;
import isthmus.audit.Audit.By;
import isthmus.normalize.Differences.Difference;
import isthmus.reconcile.Repair;
import isthmus.reconcile.Repair.Item;
import isthmus.reconcile.Repair.Kind;
import isthmus.reconcile.Repair.Plan;
import isthmus.security.seal.Opener;
import isthmus.store.Runs;
import isthmus.store.Store;
import isthmus.store.Tombstones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.cxf.BusFactory;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payments of a till whose account is classified, and whose ids are made of more than the legacy key. */
@NullUnmarked
class FieldsTest {
    private static final String THEN = "2026-11-01 08:00:00";

    @TempDir
    Path home;

    private final Store store = Store.fresh();
    private Till till;
    private StoredHub hub;
    private NightShore shore;
    private Repair repair;

    @BeforeEach
    void tenPaymentsComeAshore() throws Exception {
        till = Till.onMaria(home.resolve("routes"));
        replace("system.yaml", "CONS_NO: text", "CONS_NO: text classified");
        replace("payment.mapping.yaml", "id: \"{PAY_ID}\"", "id: \"pay-{PAY_ID}\"\npersonal: true");
        for (int i = 0; i < 10; i++) {
            till.pay(i, i + ".25", THEN);
        }
        hub = till.hub(store);
        assertThat(hub.pull("till", "payment").isWhole()).isTrue();
        assertThat(hub.pull("till", "station").isWhole()).isTrue();
        Path work = Files.createTempDirectory("isthmus-test");
        shore = new NightShore(hub.editions, BusFactory.newInstance().createBus(), work, store.clock);
        repair = new Repair(
                hub.editions::catalog,
                shore,
                hub.editions::normalize,
                store.source,
                Opener.NONE,
                store.chunks,
                new Tombstones(store.source, store.chunks),
                new Runs(store.source, store.clock),
                new Audit(store.source, store.clock),
                store.clock);
    }

    @AfterEach
    void close() {
        shore.close();
        hub.close();
    }

    @Test
    void whatIsDifferentSaysInWhichFieldsAndNothingOfAPerson() throws Exception {
        till.run("update till_payment set PAY_AMT = 99, CONS_NO = '3302', LAST_UPDATED = LAST_UPDATED"
                + " where PAY_ID = '00003'");

        Plan plan = repair.withFields(repair.look(null, Duration.ZERO, false, false));

        assertThat(plan.items()).extracting(Item::id).containsExactly(id("00003"));
        assertThat(plan.items().get(0).fields())
                .containsExactly(
                        new Difference("/account", "•••", "••• (another)"),
                        new Difference("/amount", "\"3.25\"", "\"99.00\""));
        assertThat(plan.toString()).doesNotContain("3301", "3302");
        assertThat(repair.fields(id("00003"))).isEqualTo(plan.items().get(0).fields());
        assertThat(repair.fields(id("00004"))).isEmpty();
        assertThat(repair.fields(id("77777"))).isNull();
        assertThatThrownBy(() -> repair.fields("urn:isthmus")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRecordWhoseIdIsMoreThanItsLegacyKeyIsCured() throws Exception {
        store.sql.sql("delete from record where id = ?").param(id("00005")).update();
        till.run("update till_payment set PAY_AMT = 99, LAST_UPDATED = LAST_UPDATED where PAY_ID = '00003'");

        var ended =
                repair.execute(repair.look(null, Duration.ZERO, false, false), Duration.ZERO, false, new By("me", ""));

        assertThat(ended.cured()).extracting(Item::kind).containsExactly(Kind.MISSING, Kind.DIFFERENT);
        assertThat(ended.left()).isEmpty();
    }

    @Test
    void aRowThatChangedAfterTheCutOffAndIsNotAshoreYetIsNotExtra() throws Exception {
        till.run("update till_payment set PAY_AMT = 99, LAST_UPDATED = '2037-01-01 00:00:00' where PAY_ID = '00003'");

        Plan plan = repair.look(null, Duration.ZERO, false, false);

        assertThat(plan.items()).isEmpty();
    }

    private void replace(String file, String what, String with) throws IOException {
        Path path = till.folder.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(what);
        Files.writeString(path, text.replace(what, with));
    }

    private String id(String key) {
        return store.sql
                .sql("select regexp_replace(id, 'pay-.*', 'pay-' || ?) from record where entity = 'payment' limit 1")
                .param(key)
                .query(String.class)
                .single();
    }
}
