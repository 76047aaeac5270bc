package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.flow.Sftp;
import isthmus.flow.StoredHub;
import isthmus.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * F19: files that are not what they seem. Files of zero bytes, without a trailer, or with wrong counts and sums are in
 * MeteringPullTest (refusesAWholeFileThatIsNotWhatItsFrameSays), files without their marker too.
 */
class HostileFilesTest {
    private static final String ONE = "READ_20261101_D1.csv";
    private static final String TWO = "READ_20261101_D2.csv";

    @TempDir
    Path root;

    private final Store store = Store.fresh();
    private Sftp sftp;
    private StoredHub hub;

    @BeforeEach
    void setUp() throws Exception {
        sftp = new Sftp(root.resolve("sftp"));
        hub = new StoredHub(Path.of("routes"), sftp.environment(), store);
    }

    @AfterEach
    void tearDown() throws Exception {
        hub.close();
        sftp.close();
    }

    @Test
    void aFileThatGrowsBetweenListingAndFetchingIsNotBelieved() throws Exception {
        String whole = Sftp.readings(Sftp.reading("4901", "1.00"), Sftp.reading("4902", "2.00"));
        sftp.put(ONE, Sftp.readings(Sftp.reading("4900", "1.00")));
        sftp.put(TWO, whole.substring(0, whole.length() - 30));

        StoredHub.Ended grown = betweenFirstAndSecond(() -> Files.writeString(out(TWO), whole, Sftp.GB18030));

        System.out.println("F19: grows: " + grown.reason() + ": " + grown.text());
        assertThat(grown.reason()).isEqualTo("SOURCE-AWAY");
        assertThat(keys()).containsExactly("4900");
        assertThat(sftp.names("out")).containsExactly(TWO, TWO + ".done");
        assertThat(hub.pull("metering", "reading").isWhole()).isTrue();
        assertThat(keys()).containsExactly("4900", "4901", "4902");
        assertThat(store.count("quarantine")).isZero();
    }

    @Test
    void aFileThatIsGoneBetweenListingAndFetchingIsSaidAndNotMissedTheNextTime() throws Exception {
        sftp.put(ONE, Sftp.readings(Sftp.reading("4900", "1.00")));
        sftp.put(TWO, Sftp.readings(Sftp.reading("4901", "1.00")));

        StoredHub.Ended gone = betweenFirstAndSecond(() -> Files.delete(out(TWO)));

        System.out.println("F19: gone: " + gone.reason() + ": " + gone.text());
        assertThat(gone.reason()).isEqualTo("SOURCE-AWAY");
        assertThat(keys()).containsExactly("4900");
        sftp.put(TWO, Sftp.readings(Sftp.reading("4901", "1.00")));
        assertThat(hub.pull("metering", "reading").isWhole()).isTrue();
        assertThat(keys()).containsExactly("4900", "4901");
        assertThat(sftp.names("out")).isEmpty();
    }

    @Test
    void otherContentUnderAnOldNameIsANewFileAndOldContentUnderANewNameChangesNothing() throws Exception {
        String old = Sftp.readings(Sftp.reading("4901", "1.00"), Sftp.reading("4902", "7.00"));
        sftp.put(ONE, old);
        assertThat(hub.pull("metering", "reading").isWhole()).isTrue();

        sftp.put(TWO, old);
        assertThat(hub.pull("metering", "reading").isWhole()).isTrue();
        assertThat(store.count("change")).as("the same content again").isEqualTo(2);

        sftp.put(
                ONE,
                old.replace("20261102013000", "20261102023000")
                        .replace(",7.00,", ",7.50,")
                        .replace(",8.00\n", ",8.50\n"));
        sftp.put(TWO, old);
        assertThat(hub.pull("metering", "reading").isWhole()).isTrue();

        assertThat(store.count("change")).isEqualTo(3);
        assertThat(store.sql
                        .sql("select body #>> '{registers,0,value}' from record order by id")
                        .query(String.class)
                        .list())
                .containsExactly("1.00", "7.50");
        assertThat(sftp.names("archive")).hasSize(4);
        assertThat(store.count("quarantine")).isZero();
    }

    @Test
    void aFileOfOnlyAHeaderIsRefusedAndADayWithoutRecordsIsNot() throws Exception {
        sftp.put(ONE, "H,日冻结示数,READ,20261101,20261102013000\n");
        sftp.put(TWO, "H,日冻结示数,READ,20261101,20261102013000\nT,0,0\n");

        StoredHub.Ended ended = hub.pull("metering", "reading");

        assertThat(ended.isWhole()).isTrue();
        assertThat(store.sql
                        .sql("select locator || ' ' || reason from quarantine")
                        .query(String.class)
                        .list())
                .containsExactly(ONE + " FILE-SHORT");
        assertThat(sftp.names("refused")).hasSize(1);
        assertThat(sftp.names("archive")).hasSize(1);
        assertThat(store.count("record")).isZero();
    }

    /** Two files are listed at once and fetched one after the other; this comes between. */
    private StoredHub.Ended betweenFirstAndSecond(Happening happening) throws Exception {
        hub.afterNextChunk(() -> {
            try {
                happening.happens();
            } catch (Exception fault) {
                throw new IllegalStateException(fault);
            }
        });
        return hub.tryOnce("metering", "reading");
    }

    private interface Happening {
        void happens() throws Exception;
    }

    private Path out(String name) {
        return sftp.root.resolve("out").resolve(name);
    }

    private List<String> keys() {
        return store.sql
                .sql("select substring(id from 'registerreading:([0-9]+)') from record order by 1")
                .query(String.class)
                .list();
    }
}
