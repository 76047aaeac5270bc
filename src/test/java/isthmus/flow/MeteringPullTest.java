package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Chunk;
import isthmus.model.Piece;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class MeteringPullTest {
    private static final String NAME = "READ_20261101_D1.csv";

    @TempDir
    Path root;

    private Sftp sftp;
    private TestHub hub;

    @BeforeEach
    void setUp() throws Exception {
        sftp = new Sftp(root);
        hub = TestHub.of(sftp.environment());
    }

    @AfterEach
    void tearDown() throws IOException {
        hub.close();
        sftp.close();
    }

    @Test
    void bringsTheLinesOfAFileAndPutsItAway() throws Exception {
        String text = Sftp.readings(Sftp.reading("4901", "10.50"), Sftp.reading("4902", "20.25"));
        sftp.put(NAME, text);

        PullReport report = hub.pulls.run("metering", "reading", 3);

        assertThat(report).isEqualTo(new PullReport("metering", "reading", 1, 2, 1, null));
        Chunk chunk = hub.store.chunks.get(0);
        assertThat(chunk.origin().at()).hasToString("2026-11-02T01:30+08:00");
        assertThat(chunk.origin().object()).isEqualTo(NAME);
        assertThat(chunk.raw()).isEqualTo(text.getBytes(Sftp.GB18030));
        assertThat(chunk.after().value()).contains("\"line\":4,\"of\":4");
        Piece second = chunk.pieces().get(1);
        assertThat(second.locator()).isEqualTo(NAME + ":3");
        assertThat(second.ordinal()).isEqualTo(3);
        assertThat(hub.store.value(second, "ASSET_NO")).isEqualTo("4902");
        assertThat(hub.store.value(second, "P_TOTAL")).isEqualTo("20.25");
        assertThat(second.bytes().get()).isEqualTo(Sftp.ascii(Sftp.reading("4902", "20.25")));
        assertThat(sftp.names("out")).isEmpty();
        assertThat(sftp.names("archive").get(0)).matches("[0-9]{17}-[0-9a-f]{12}-" + NAME);
    }

    @Test
    void keepsCharactersOfFourBytesAndRefusesOnlyTheLineWhoseBytesAreNone() throws Exception {
        byte[] bad = meter("4902", "X").getBytes(Sftp.GB18030);
        bad[bad.length - 1] = (byte) 0xff;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write("H,电能表档案,METER,20261101,20261102013000\n".getBytes(Sftp.GB18030));
        out.write((meter("4901", "𠮷㐂䶮电表厂") + "\n").getBytes(Sftp.GB18030));
        out.write(bad);
        out.write("\nT,2,0\n".getBytes(Sftp.GB18030));
        sftp.put("METER_20261101_D1.csv", out.toByteArray());

        hub.pulls.run("metering", "meter", 1);

        assertThat(hub.store.value(hub.store.pieces().get(0), "MANUFACTURER")).isEqualTo("𠮷㐂䶮电表厂");
        assertThat(hub.store.refusals()).containsExactly("METER_20261101_D1.csv:3 CHARSET");
        assertThat(hub.store.pieces().get(1).bytes().get()).isEqualTo(bad);
    }

    @Test
    void refusesBadLinesAndLetsTheirNeighboursPass() throws Exception {
        String file = Sftp.readings(
                Sftp.reading("4901", "1.00"),
                Sftp.reading("4902", "-") + ",0",
                Sftp.reading("\"4903", "-"),
                Sftp.reading("4904" + "9".repeat(70_000), "-"),
                Sftp.reading("\"49,05\"\"\"", "-"),
                Sftp.reading("4906", "2.00"));
        sftp.put(NAME, file);

        hub.pulls.run("metering", "reading", 1);

        assertThat(hub.store.refusals())
                .containsExactly(NAME + ":3 FIELD-COUNT", NAME + ":4 QUOTE", NAME + ":5 LINE-LENGTH");
        assertThat(hub.store.value(hub.store.pieces().get(4), "ASSET_NO")).isEqualTo("49,05\"");
        assertThat(hub.store.value(hub.store.pieces().get(5), "ASSET_NO")).isEqualTo("4906");
    }

    @Test
    void refusesAWholeFileThatIsNotWhatItsFrameSays() throws Exception {
        String good = Sftp.readings(Sftp.reading("4901", "10.50"), Sftp.reading("4902", "20.25"));
        sftp.put("READ_20261101_A1.csv", "");
        sftp.put("READ_20261101_A2.csv", good.substring(0, good.length() - 20));
        sftp.put("READ_20261101_A3.csv", good.replace("T,2,", "T,3,"));
        sftp.put("READ_20261101_A4.csv", good.replace(",30.75", ",30.76"));
        sftp.put("READ_20261101_A5.csv", good.getBytes(StandardCharsets.UTF_8));
        sftp.put("READ_20261101_A6.csv", good.replace("20261102013000", "20261102253000"));

        PullReport report = hub.pulls.run("metering", "reading", 1);

        assertThat(report.pieces()).isEqualTo(6);
        assertThat(hub.store.refusals())
                .containsExactly(
                        "READ_20261101_A1.csv FILE-EMPTY",
                        "READ_20261101_A2.csv FILE-SHORT",
                        "READ_20261101_A3.csv TRAILER-COUNT",
                        "READ_20261101_A4.csv TRAILER-SUM",
                        "READ_20261101_A5.csv FILE-HEADER",
                        "READ_20261101_A6.csv FILE-HEADER");
        assertThat(sftp.names("out")).isEmpty();
        assertThat(sftp.names("refused")).hasSize(6);
    }

    @Test
    void refusesAHostileNameOnceAndNeverTouchesTheFile() throws Exception {
        List<String> names = List.of(
                "CURVE_20261101_D1;rm -rf.csv",
                "..%2f..%2fetc.csv",
                "CURVE_20261102_D1\nDELE x.csv",
                "CURVE_20261103_D1\\..\\etc.csv",
                "CURVE_20261104_" + "D".repeat(181) + ".csv");
        for (String name : names) {
            sftp.put(name, "x");
        }
        Files.createDirectory(root.resolve("out/CURVE_20261105_D1.csv"));
        Files.write(root.resolve("out/CURVE_20261105_D1.csv.done"), new byte[0]);

        hub.pulls.run("metering", "meter", 1);
        hub.pulls.run("metering", "reading", 1);
        hub.pulls.run("metering", "meter", 2);

        assertThat(hub.store.refusals())
                .containsExactlyInAnyOrder(
                        names.get(0) + " FILE-NAME",
                        names.get(1) + " FILE-NAME",
                        names.get(2) + " FILE-NAME",
                        names.get(3) + " FILE-NAME",
                        names.get(4) + " FILE-NAME",
                        "CURVE_20261105_D1.csv FILE-NAME");
        assertThat(sftp.names("out")).hasSize(12);
    }

    @Test
    void unpacksOneFileAndRefusesHostileArchives() throws Exception {
        byte[] good = Sftp.readings(Sftp.reading("4901", "10.50")).getBytes(Sftp.GB18030);
        sftp.put("READ_20261101_A1.csv.zip", zip(List.of("READ_20261101_A1.csv"), good));
        sftp.put("READ_20261101_A2.csv.zip", zip(List.of("../READ_20261101_A2.csv"), good));
        sftp.put("READ_20261101_A3.csv.zip", zip(List.of("READ_20261101_A3.csv", "b.csv"), good));
        sftp.put("READ_20261101_A4.csv.zip", zip(List.of("READ_20261101_A4.csv"), new byte[8 << 20]));
        sftp.put(
                "READ_20261101_A5.csv.zip",
                zip(List.of("READ_20261101_A5.csv"), zip(List.of("READ_20261101_A5.csv"), good)));
        byte[] encrypted = zip(List.of("READ_20261101_A6.csv"), good);
        encrypted[6] |= 1;
        sftp.put("READ_20261101_A6.csv.zip", encrypted);
        byte[] broken = zip(List.of("READ_20261101_A7.csv"), good);
        sftp.put("READ_20261101_A7.csv.zip", Arrays.copyOf(broken, broken.length / 2));
        sftp.put("READ_20261101_A8.csv.zip", Arrays.copyOf(broken, broken.length - 10));

        hub.pulls.run("metering", "reading", 1);

        assertThat(hub.store.locators().get(0)).isEqualTo("READ_20261101_A1.csv:2");
        assertThat(hub.store.chunks.get(0).origin().member()).isEqualTo("READ_20261101_A1.csv");
        assertThat(hub.store.refusals())
                .containsExactlyElementsOf(IntStream.rangeClosed(2, 8)
                        .mapToObj(i -> "READ_20261101_A" + i + ".csv.zip ARCHIVE")
                        .toList());
    }

    @Test
    void goesOnAfterTheLastCommittedChunkOfAFile() throws Exception {
        String[] lines = IntStream.range(0, 12_000)
                .mapToObj(i -> Sftp.reading("49" + i, "1.00"))
                .toArray(String[]::new);
        sftp.put(NAME, Sftp.readings(lines));
        hub.store.beforeCommit = chunk -> {
            if (hub.store.chunks.size() == 1) {
                hub.store.beforeCommit = any -> {};
                throw new IllegalStateException("the store stops between two chunks");
            }
        };

        PullReport report = hub.pulls.run("metering", "reading", 1);

        assertThat(report.attempts()).isEqualTo(2);
        assertThat(report.pieces()).isEqualTo(12_000);
        assertThat(hub.store.locators()).doesNotHaveDuplicates().hasSize(12_000);
        assertThat(hub.store.chunks).hasSize(3);
        assertThat(hub.store.chunks.get(1).raw()).isNull();
        assertThat(sftp.names("archive")).hasSize(1);
    }

    @Test
    void leavesFilesWithoutAMarkerAloneAndTakesTheSameContentOnlyOnce() throws Exception {
        String file = Sftp.readings(Sftp.reading("4901", "10.50"));
        Files.writeString(root.resolve("out").resolve(NAME), file, Sftp.GB18030);
        assertThat(hub.pulls.run("metering", "reading", 1).pieces()).isZero();
        sftp.put(NAME, file);
        assertThat(hub.pulls.run("metering", "reading", 1).pieces()).isEqualTo(1);

        sftp.put(NAME, file);
        long again = hub.pulls.run("metering", "reading", 1).pieces();
        sftp.put(NAME, Sftp.readings(Sftp.reading("4901", "11.50")));
        long corrected = hub.pulls.run("metering", "reading", 1).pieces();

        assertThat(again).isZero();
        assertThat(corrected).isEqualTo(1);
        assertThat(new HashSet<>(sftp.names("archive"))).hasSize(3);
    }

    @Test
    void takesAwayAMarkerThatAStopLeftAlone() throws Exception {
        Files.write(root.resolve("out").resolve(NAME + ".done"), new byte[0]);

        hub.pulls.run("metering", "reading", 1);

        assertThat(sftp.names("out")).isEmpty();
    }

    @Test
    void refusesAServerThatShowsAnotherHostKey() throws Exception {
        try (Sftp other = new Sftp(root.resolve("other"));
                TestHub wary = TestHub.of(sftp.environment(
                        other.environment().get("METERING_HOST_KEY").replaceFirst("^\\S+ ", "")))) {
            Failure failure = wary.pulls.run("metering", "reading", 1).failure();

            assertThat(failure.reason().code()).isEqualTo("SOURCE-IDENTITY");
            assertThat(failure.text()).contains("host key").doesNotContain("secret");
        }
    }

    private static String meter(String asset, String manufacturer) {
        return "D," + asset + ",,M1,addr,T1,,L1,1,2020-01-01 00:00:00,1,1,1,6,2," + manufacturer;
    }

    private static byte[] zip(List<String> members, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String member : members) {
                zip.putNextEntry(new ZipEntry(member));
                zip.write(content);
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }
}
