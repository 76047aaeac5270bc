package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.chaos.TroubledFtp.Trick;
import isthmus.flow.Sftp;
import isthmus.flow.StoredHub;
import isthmus.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** F17: an FTP server that says one thing and does another. */
@Tag("chaos")
class TroubledFtpTest {
    private static final int LINES = 300;
    private static final int TRIES = 6;
    private static final String NAME = "READ_20261101_D1.csv";

    @TempDir
    Path root;

    private final Store store = Store.fresh();
    private TroubledFtp ftp;
    private StoredHub hub;

    @BeforeEach
    void setUp() throws Exception {
        ftp = new TroubledFtp(root.resolve("ftp"));
        hub = new StoredHub(Path.of("routes"), ftp.environment(), store);
        Files.writeString(
                ftp.root.resolve("out").resolve(NAME),
                Sftp.readings(IntStream.range(0, LINES)
                        .mapToObj(i -> Sftp.reading("49%04d".formatted(i), i + ".25"))
                        .toArray(String[]::new)),
                Sftp.GB18030);
        Files.createFile(ftp.root.resolve("out").resolve(NAME + ".done"));
    }

    @AfterEach
    void tearDown() throws Exception {
        hub.close();
        ftp.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Trick.class,
            names = {"NONE", "RENAME_REFUSED_550", "PASV_NAMES_ANOTHER_HOST"},
            mode = EnumSource.Mode.EXCLUDE)
    void aFileThatDoesNotComeWholeStaysIsTriedAgainAndToldOnce(Trick trick) throws Exception {
        ftp.trick = trick;

        StoredHub.Ended ended = hub.pull("metering", "reading");

        System.out.println("F17: " + trick + ": " + ended.reason() + ": " + ended.text());
        assertThat(ended.reason()).isEqualTo("SOURCE-AWAY");
        assertThat(ended.attempts()).isEqualTo(TRIES);
        assertThat(ended.text()).contains(said(trick));
        assertThat(ended.text()).doesNotContain("secret");
        assertThat(names("out")).containsExactly(NAME, NAME + ".done");
        assertThat(names("archive")).isEmpty();
        assertThat(names("refused")).isEmpty();
        assertThat(List.of(store.count("record"), store.count("quarantine"), store.count("change")))
                .containsOnly(0L);

        ftp.trick = Trick.NONE;
        assertThat(hub.pull("metering", "reading").isWhole()).isTrue();
        assertAllInAndPutAway();
        Seeds.tell("F17", TRIES, "FTP: " + trick);
    }

    @Test
    void aServerThatNamesAnotherHostForItsDataIsAskedWhereItIs() throws Exception {
        ftp.trick = Trick.PASV_NAMES_ANOTHER_HOST;

        assertThat(hub.pull("metering", "reading").isWhole()).isTrue();

        assertAllInAndPutAway();
        Seeds.tell("F17", 1, "FTP: " + Trick.PASV_NAMES_ANOTHER_HOST);
    }

    /** F20: the commit is done, the move is refused. */
    @Test
    void aFileThatMayNotBeRenamedIsReadAgainAndChangesNothing() throws Exception {
        ftp.trick = Trick.RENAME_REFUSED_550;

        StoredHub.Ended stuck = hub.pull("metering", "reading");

        System.out.println("F20: " + stuck.reason() + ": " + stuck.text());
        assertThat(stuck.reason()).isEqualTo("SOURCE-AWAY");
        assertThat(store.count("change")).isEqualTo(LINES);
        assertThat(names("out")).containsExactly(NAME, NAME + ".done");

        ftp.trick = Trick.NONE;
        assertThat(hub.pull("metering", "reading").isWhole()).isTrue();
        assertAllInAndPutAway();
        Seeds.tell("F20", TRIES, "FTP: " + Trick.RENAME_REFUSED_550);
    }

    /** What an operator is told. */
    private static String said(Trick trick) {
        return switch (trick) {
            case SHORT_AND_226 -> NAME + " came with";
            case SHORT_AND_451 -> "cannot fetch " + NAME + ": the server answers 451";
            case DATA_RESET -> "cannot fetch " + NAME + ": SocketException Connection reset";
            case CONTROL_CUT_BEFORE_226 -> "cannot fetch " + NAME + ": FTPConnectionClosedException";
            case DATA_PORT_REFUSED -> "cannot list /out: ConnectException Connection refused";
            case TOO_BUSY_421 -> "cannot connect: the server answers 421";
            case LOGIN_REFUSED_530 -> "cannot connect: the server answers 530";
            default -> throw new IllegalArgumentException(trick.name());
        };
    }

    private void assertAllInAndPutAway() throws Exception {
        assertThat(store.count("record")).isEqualTo(LINES);
        assertThat(store.count("change")).isEqualTo(LINES);
        assertThat(store.count("quarantine")).isZero();
        assertThat(store.sql
                        .sql("select sum((body #>> '{registers,0,value}')::numeric) from record")
                        .query(String.class)
                        .single())
                .as("kWh of the store, to the last digit")
                .isEqualTo(IntStream.range(0, LINES)
                        .mapToObj(i -> new java.math.BigDecimal(i + ".25"))
                        .reduce(java.math.BigDecimal.ZERO, java.math.BigDecimal::add)
                        .toPlainString());
        assertThat(names("out")).isEmpty();
        assertThat(names("archive")).hasSize(1);
    }

    private List<String> names(String directory) throws Exception {
        try (Stream<Path> paths = Files.list(ftp.root.resolve(directory))) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
