package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.chaos.CutProxy.End;
import isthmus.chaos.CutProxy.Way;
import isthmus.flow.Sftp;
import isthmus.flow.StoredHub;
import isthmus.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F17, F18 and F20: the line to a file server is cut, its host key changes, or it cannot move a file. */
class CutFilesTest {
    private static final int LINES = 500;
    private static final String NAME = "READ_20261101_D1.csv";

    @TempDir
    Path root;

    private final Store store = Store.fresh();
    private Sftp sftp;
    private CutProxy proxy;
    private StoredHub hub;

    @BeforeEach
    void setUp() throws Exception {
        sftp = new Sftp(root.resolve("sftp"));
        proxy = new CutProxy(sftp.port());
        Path routes = Home.lay(root.resolve("home")).resolve("routes");
        hub = new StoredHub(routes, sftp.through(proxy.port()), store);
    }

    @AfterEach
    void tearDown() throws Exception {
        hub.close();
        proxy.close();
        sftp.close();
    }

    @Test
    @Tag("chaos")
    void aFileWhoseTransferIsCutAnywhereStaysAndComesWholeTheNextTime() throws Exception {
        cutTransfers(30);
    }

    @Test
    @Tag("chaos-sample")
    void aFewFilesWhoseTransferIsCutStayAndComeWholeTheNextTime() throws Exception {
        cutTransfers(3);
    }

    private void cutTransfers(int rounds) throws Exception {
        Random random = Seeds.of("F18");
        layFile("1.00");
        long before = proxy.down.get();
        assertThat(hub.pull("metering", "reading").isWhole()).isTrue();
        long whole = proxy.down.get() - before;
        for (int round = 0; round < rounds; round++) {
            store.forget();
            layFile(round + ".00");
            End end = random.nextBoolean() ? End.RST : End.FIN;
            long after = random.nextLong(whole * 9 / 10);
            int cuts = proxy.cuts.get();
            proxy.cutAfter(Way.DOWN, after, end, 1);

            StoredHub.Ended cut = hub.tryOnce("metering", "reading");

            String what = "round %d, %s after %d of %d bytes: %s: %s"
                    .formatted(round, end, after, whole, cut.reason(), cut.text());
            System.out.println("F18: " + what);
            assertThat(proxy.cuts.get() - cuts).as(what).isEqualTo(1);
            assertThat(cut.reason()).as(what).isEqualTo("SOURCE-AWAY");
            assertThat(store.count("record") % 20).as("whole chunks or nothing").isZero();
            assertThat(store.count("quarantine"))
                    .as("a cut is not the file's fault")
                    .isZero();

            assertThat(hub.pull("metering", "reading").isWhole()).as(what).isTrue();
            assertThat(store.count("record")).as(what).isEqualTo(LINES);
            assertThat(store.count("change")).as(what).isEqualTo(LINES);
            assertThat(sftp.names("out")).as(what).isEmpty();
            assertThat(sftp.names("archive")).as(what).hasSize(round + 2);
        }
        Seeds.tell("F18", rounds, "SFTP sessions cut after so many bytes");
    }

    @Test
    void aSessionThatMakesNewKeysInTheMiddleOfAFileBringsItWhole() throws Exception {
        sftp.rekeyEvery(8_000);
        layFile("1.00");

        assertThat(hub.pull("metering", "reading").isWhole()).isTrue();

        assertThat(sftp.keyExchanges.get())
                .as("keys made, the first at the start")
                .isGreaterThanOrEqualTo(2);
        assertThat(store.count("record")).isEqualTo(LINES);
        assertThat(sftp.names("archive")).hasSize(1);
        Seeds.tell("F18", sftp.keyExchanges.get(), "new keys within one SFTP session");
    }

    @Test
    @Tag("chaos")
    void aTransferThatStallsIsGivenUpAtTheReadTimeoutAndTheFileStays() throws Exception {
        Path card = root.resolve("home/routes/metering/system.yaml");
        String user = "  user: \"${METERING_USER}\"\n";
        String text = Files.readString(card);
        assertThat(text).contains(user);
        Files.writeString(card, text.replace(user, user + "  connectTimeout: PT1S\n  readTimeout: PT1S\n"));
        layFile("1.00");
        String second = NAME.replace("D1", "D2");
        sftp.put(second, Sftp.readings(Sftp.reading("500001", "2.00")));
        try (StoredHub impatient =
                new StoredHub(card.resolve("../..").normalize(), sftp.through(proxy.port()), store)) {
            impatient.afterNextChunk(proxy::swallow);

            StoredHub.Ended stalled = impatient.tryOnce("metering", "reading");

            System.out.println("F19: stalls: " + stalled.reason() + ": " + stalled.text());
            assertThat(stalled.reason()).isEqualTo("SOURCE-AWAY");
            assertThat(sftp.names("out")).contains(second, second + ".done");
            proxy.pass();
            assertThat(impatient.pull("metering", "reading").isWhole()).isTrue();
        }
        assertThat(store.count("record")).isEqualTo(LINES + 1);
        assertThat(store.count("change")).isEqualTo(LINES + 1);
        assertThat(sftp.names("out")).isEmpty();
        Seeds.tell("F19", 1, "SFTP transfers that stall without a word");
    }

    @Test
    void aServerThatShowsAnotherKeyIsRefusedAndKeepsItsFiles() throws Exception {
        layFile("1.00");
        try (Sftp stranger = new Sftp(root.resolve("stranger"));
                StoredHub wary = new StoredHub(Path.of("routes"), sftp.environment(keyOf(stranger)), store)) {
            StoredHub.Ended refused = wary.tryOnce("metering", "reading");

            System.out.println("F18: another host key: " + refused.reason() + ": " + refused.text());
            assertThat(refused.reason()).isEqualTo("SOURCE-IDENTITY");
        }
        assertThat(sftp.names("out")).containsExactly(NAME, NAME + ".done");
        assertThat(store.count("record")).isZero();
        assertThat(store.count("arrival")).isZero();
    }

    @Test
    void aFileThatCannotBeMovedAfterItsCommitChangesNothingWhenItIsReadAgain() throws Exception {
        layFile("1.00");
        Path archive = sftp.root.resolve("archive");
        Files.delete(archive);
        Files.createFile(archive);
        for (int again = 0; again < 3; again++) {
            StoredHub.Ended stuck = hub.tryOnce("metering", "reading");
            if (again == 0) {
                System.out.println("F20: " + stuck.reason() + ": " + stuck.text());
            }
            assertThat(stuck.reason()).isEqualTo("SOURCE-AWAY");
            assertThat(store.count("record")).isEqualTo(LINES);
            assertThat(store.count("change")).isEqualTo(LINES);
            assertThat(sftp.names("out")).containsExactly(NAME, NAME + ".done");
        }
        Files.delete(archive);
        Files.createDirectory(archive);

        assertThat(hub.pull("metering", "reading").isWhole()).isTrue();

        assertThat(store.count("change")).isEqualTo(LINES);
        assertThat(sftp.names("out")).isEmpty();
        assertThat(sftp.names("archive")).hasSize(1);
        Seeds.tell("F20", 3, "files that could not be moved after their commit");
    }

    private static String keyOf(Sftp server) {
        return server.environment().get("METERING_HOST_KEY").replaceFirst("^\\S+ ", "");
    }

    private void layFile(String total) throws Exception {
        sftp.put(
                NAME,
                Sftp.readings(IntStream.range(0, LINES)
                        .mapToObj(i -> Sftp.reading("49%04d".formatted(i), total))
                        .toArray(String[]::new)));
    }
}
