package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.audit.Audit.By;
import isthmus.flow.Reload.Answer;
import isthmus.flow.Reload.Mapping;
import isthmus.flow.Reload.Outcome;
import isthmus.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.cxf.BusFactory;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A system's folder is edited while the hub runs. */
@NullUnmarked
class ReloadTest {
    private final Store store = Store.fresh();

    @TempDir
    Path folder;

    private Path routes;
    private StoredHub hub;

    @BeforeEach
    void start() throws Exception {
        Maria.get().run("drop table if exists A_RCVED_FLOW", """
                create table A_RCVED_FLOW(PAY_ID CHAR(12), CONS_NO CHAR(16), RCVBL_YM CHAR(6), SEQ_NO INT,
                  PAY_AMT VARCHAR(20), CHANNEL CHAR(2), TENDER CHAR(2), PAY_TIME VARCHAR(24), VALUE_DATE VARCHAR(10),
                  BANK_SERIAL VARCHAR(40), STATUS_CODE CHAR(2), REV_PAY_ID CHAR(12), LAST_UPDATED DATETIME,
                  PRIMARY KEY(PAY_ID), KEY(LAST_UPDATED,PAY_ID))
                """);
        routes = Files.createDirectories(folder.resolve("routes"));
        for (String system : List.of("billing", "metering", "crm")) {
            Routes.copy(Path.of("routes", system), routes.resolve(system));
        }
        hub = new StoredHub(routes, Maria.get().environment(), store);
    }

    @AfterEach
    void end() {
        hub.close();
    }

    @Test
    void theNextPullGoesByWhatWasSavedAndNoOtherSystemNotices() throws Exception {
        payments(1, 1);
        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
        Route untouched = hub.context.getRoute("crm.customer");
        Object connection = hub.context.getRegistry().lookupByName("crm");
        edit("billing/payment.mapping.yaml", "version: 1", "version: 2");
        edit("billing/codes/A_RCVED_FLOW.CHANNEL.csv", "01,counter", "01,agent");

        Answer answer = hub.reload.of("billing", new By("ab12", "mended"));

        assertThat(answer.faults()).isEmpty();
        assertThat(answer.outcome()).isEqualTo(Outcome.SWAPPED);
        assertThat(answer.routes()).contains("billing.payment").hasSize(5);
        assertThat(answer.mappings()).containsExactly(new Mapping("payment", "1", "2"));
        assertThat(hub.store.audit()).containsExactly("ab12 routes.swapped billing: payment 1 to 2: mended");
        payments(2, 2);
        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
        assertThat(channels()).containsEntry("00000002", "agent");
        assertThat(hub.context.getRoute("crm.customer")).isSameAs(untouched);
        assertThat(hub.context.getRegistry().lookupByName("crm")).isSameAs(connection);
    }

    @Test
    void whatLintFindsLeavesTheOldRoutesRunningAndIsToldWithItsLine() throws Exception {
        edit("billing/payment.mapping.yaml", "{time: PAY_TIME}", "{time: PAID_AT}");

        refused("payment.mapping.yaml:12: ", "PAID_AT");
    }

    @Test
    void aSampleThatFailsLeavesTheOldRoutesRunningAndIsToldWithItsLine() throws Exception {
        edit("billing/codes/A_RCVED_FLOW.CHANNEL.csv", "03,wechat", "03,bank");

        refused("a-payment-by-wechat.out.json:", "/payment/channel  \"wechat\" -> \"bank\"");
    }

    @Test
    void aRouteThatDoesNotStartLeavesTheOldOnesRunningAndIsToldWithItsLine() throws Exception {
        Route former = hub.context.getRoute("crm.customer");
        edit("crm/system.yaml", "service: ", "service: No");

        Answer answer = hub.reload.of("crm", new By("ab12", "mended"));

        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.faults())
                .singleElement()
                .asString()
                .startsWith(routes.resolve("crm/customer.camel.yaml") + ":5: the route does not start: ")
                .contains("NoCustomerService");
        assertThat(hub.context.getRoute("crm.customer")).isSameAs(former);
        assertThat(hub.context.getRouteController().getRouteStatus("crm.customer"))
                .isEqualTo(ServiceStatus.Started);
    }

    @Test
    void aConnectionWithoutADriverLeavesTheOldOneAndIsToldWithItsLine() throws Exception {
        edit("billing/system.yaml", "url: \"${BILLING_URL}\"", "url: jdbc:dm://127.0.0.1:5236");

        refused("system.yaml:9: no driver for jdbc:dm: ", "drivers/");
    }

    @Test
    void aConnectionThatDoesNotOpenLeavesTheOldOneAndIsToldWithItsLine() throws Exception {
        edit("billing/system.yaml", "connection:", "connection:\n  connectTimeout: PT0.001S");

        refused("system.yaml:9: the connection does not open: ", "250");
    }

    @Test
    void whenTheExchangeItselfFailsTheFormerRoutesAreBackAndPull() throws Exception {
        payments(1, 1);
        Edition inForce = hub.editions.of("billing").orElseThrow();
        Edition next = new Edition(inForce.system(), inForce.routes());

        assertThatThrownBy(() -> hub.crossing.exchange("billing", next, Duration.ofSeconds(1), () -> {
                    throw new IllegalStateException("not this one");
                }))
                .hasMessage("not this one")
                .hasNoSuppressedExceptions();

        assertThat(hub.crossing.landing("billing").edition()).isSameAs(inForce);
        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
    }

    @Test
    void aPullUnderWayBreaksOffBetweenTwoChunksAndGoesOnWithTheNewRoutes() throws Exception {
        payments(1, 6_000);
        edit("billing/payment.mapping.yaml", "version: 1", "version: 2");
        CompletableFuture<Answer> reload = hub.reloadAfterNextChunk("billing");

        StoredHub.Ended ended = hub.pull("billing", "payment");

        assertThat(reload.join().outcome()).isEqualTo(Outcome.SWAPPED);
        assertThat(ended.isWhole()).as("%s", ended).isTrue();
        assertThat(ended.attempts()).as("nothing has failed").isEqualTo(1);
        assertThat(channels()).hasSize(6_000);
        assertThat(store.count("change")).as("no payment is told twice").isEqualTo(6_000);
        assertThat(store.sql
                        .sql("select distinct mapping from record order by mapping")
                        .query(String.class)
                        .list())
                .containsExactly("billing-payment@1", "billing-payment@2");
    }

    @Test
    void aPullThatNeitherEndsNorBringsAChunkIsLeftAloneAndSoAreItsRoutes() throws Exception {
        payments(1, 1);
        hub.afterNextChunk(() -> {
            Answer answer = hub.impatient.of("billing", new By("ab12", "mended"));

            assertThat(answer.outcome()).isEqualTo(Outcome.BUSY);
            assertThat(answer.faults()).singleElement().asString().contains("a pull of billing");
        });

        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
        assertThat(hub.reload.of("billing", new By("ab12", "mended")).outcome()).isEqualTo(Outcome.SWAPPED);
    }

    @Test
    void aNewConnectionIsUsedFromThenOn() throws Exception {
        payments(1, 1);
        edit("billing/system.yaml", "url: \"${BILLING_URL}\"", "url: jdbc:mariadb://127.0.0.1:1/epm");

        assertThat(hub.reload.of("billing", new By("ab12", "mended")).outcome()).isEqualTo(Outcome.SWAPPED);

        assertThat(hub.tryOnce("billing", "payment").reason()).isEqualTo("SOURCE-AWAY");
        edit("billing/system.yaml", "url: jdbc:mariadb://127.0.0.1:1/epm", "url: \"${BILLING_URL}\"");
        assertThat(hub.reload.of("billing", new By("ab12", "mended")).outcome()).isEqualTo(Outcome.SWAPPED);
        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
    }

    @Test
    void aSecretIsFetchedAgainAlthoughNoFileOfTheFolderHasChanged() throws Exception {
        payments(1, 1);
        Path mounted = Files.writeString(folder.resolve("mounted"), "jdbc:mariadb://127.0.0.1:1/epm\n");
        edit("billing/system.yaml", "url: \"${BILLING_URL}\"", "url: \"${file:" + mounted + "}\"");
        assertThat(hub.reload.of("billing", new By("ab12", "mended")).outcome()).isEqualTo(Outcome.SWAPPED);
        assertThat(hub.tryOnce("billing", "payment").reason()).isEqualTo("SOURCE-AWAY");

        Files.writeString(mounted, Maria.get().environment().get("BILLING_URL"));

        assertThat(hub.reload.of("billing", new By("ab12", "mended")).outcome()).isEqualTo(Outcome.SWAPPED);
        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
        Files.delete(mounted);
        assertThat(hub.reload.of("billing", new By("ab12", "mended")).faults())
                .anyMatch(fault -> fault.contains("system.yaml:9: file " + mounted + " is not there"));
        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
    }

    @Test
    void aFolderThatIsDeletedEndsTheSystemAndOneThatComesBackBeginsIt() throws Exception {
        payments(1, 1);
        Route untouched = hub.context.getRoute("metering.reading");
        FileSystemUtils.deleteRecursively(routes.resolve("billing"));

        Answer gone = hub.reload.of("billing", new By("ab12", "mended"));

        assertThat(gone).isEqualTo(new Answer("billing", Outcome.STOPPED, List.of(), gone.mappings(), List.of()));
        assertThat(hub.context.getRoutes())
                .extracting(Route::getRouteId)
                .noneMatch(id -> id.startsWith("billing."))
                .contains("metering.reading");
        assertThat(hub.pull("billing", "payment").pieces()).isZero();

        Routes.copy(Path.of("routes", "billing"), routes.resolve("billing"));
        assertThat(hub.reload.of("billing", new By("ab12", "mended")).outcome()).isEqualTo(Outcome.STARTED);
        assertThat(hub.pull("billing", "payment").pieces()).isEqualTo(1);
        assertThat(hub.context.getRoute("metering.reading")).isSameAs(untouched);
    }

    @Test
    void theNightReadsByWhatIsInForceAndNotByWhatWasRefused() throws Exception {
        payments(1, 3);
        var bus = BusFactory.newInstance().createBus();
        try (NightShore night = new NightShore(hub.editions, bus, folder, store.clock)) {
            assertThat(seen(night)).hasSize(3);

            edit("billing/payment.sql", ">= :?from", ">= :?from and p.PAY_ID > '00000001'");
            assertThat(hub.reload.of("billing", new By("ab12", "mended")).outcome())
                    .isEqualTo(Outcome.SWAPPED);

            assertThat(seen(night)).containsExactly("00000002", "00000003");
        }
        edit("billing/payment.camel.yaml", "method: ask", "method: aks");
        assertThat(hub.reload.of("billing", new By("ab12", "mended")).outcome()).isEqualTo(Outcome.REFUSED);
        try (NightShore night = new NightShore(hub.editions, bus, folder, store.clock)) {
            assertThat(seen(night)).hasSize(2);
        }
    }

    private static List<String> seen(NightShore night) {
        List<String> locators = new ArrayList<>();
        night.everything("billing", "payment", chunk -> chunk.pieces().forEach(piece -> locators.add(piece.locator())));
        return locators;
    }

    @Test
    void nobodyIsLedOutOfTheFolderOfRoutes() throws Exception {
        Files.createDirectories(folder.resolve("elsewhere"));

        assertThat(List.of("nosuch", "../elsewhere", "", "billing/..", "/tmp"))
                .allMatch(name -> hub.reload.of(name, new By("ab12", "mended")).outcome() == Outcome.UNKNOWN);
    }

    /** The answer names the place and the reason, and the routes are those of before, and work. */
    private void refused(String place, String reason) throws Exception {
        payments(1, 1);
        Route former = hub.context.getRoute("billing.payment");
        Edition inForce = hub.editions.of("billing").orElseThrow();

        Answer answer = hub.reload.of("billing", new By("ab12", "mended"));

        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.faults())
                .anySatisfy(fault -> assertThat(fault)
                        .startsWith(routes.resolve("billing").toString())
                        .contains(place)
                        .contains(reason));
        assertThat(hub.context.getRoute("billing.payment")).isSameAs(former);
        assertThat(hub.context.getRouteController().getRouteStatus("billing.payment"))
                .isEqualTo(ServiceStatus.Started);
        assertThat(hub.editions.of("billing")).containsSame(inForce);
        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
        assertThat(channels()).containsExactly(Map.entry("00000001", "counter"));
    }

    private Map<String, String> channels() {
        Map<String, String> channels = new TreeMap<>();
        store.sql
                .sql("select regexp_replace(id, '.*:', ''), body ->> 'channel' from record where entity = 'payment'")
                .query((row, n) -> channels.put(row.getString(1), row.getString(2)))
                .list();
        return channels;
    }

    /** One a second, the first in the morning of 1 November. */
    private static void payments(int from, int to) throws Exception {
        Maria.get().run("""
                insert into A_RCVED_FLOW select lpad(seq, 8, '0'), '3301', '202610', 1, concat(seq, '.25'), '01', null,
                  '2026-11-01 08:00:00', null, 'B', '01', null,
                  date_add('2026-11-01 10:00:00', interval seq second) from seq_%d_to_%d
                """.formatted(from, to));
    }

    private void edit(String file, String text, String replacement) throws IOException {
        Path path = routes.resolve(file);
        String before = Files.readString(path);
        assertThat(before).contains(text);
        Files.writeString(path, before.replace(text, replacement));
    }
}
