package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import isthmus.crosscheck.CrossChecks;
import isthmus.crosscheck.Rules;
import isthmus.identity.IdentityRules;
import isthmus.identity.Linking;
import isthmus.model.Chunk;
import isthmus.reconcile.LegacyShore;
import isthmus.reconcile.Night;
import isthmus.reconcile.NightOptions;
import isthmus.reconcile.NightReport;
import isthmus.reconcile.NightReport.Line;
import isthmus.store.Store;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.cxf.BusFactory;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Load curves that came over a real SFTP server: a night reads the files of the days that differ, and no other. */
@NullUnmarked
class DayTotalsTest {
    private static final int DAYS = 3;
    private static final int METERS = 4;
    /** The block of the second meter on the second day. */
    private static final String BLOCK = id(2, 2);

    private final Store store = Store.fresh();

    @TempDir
    Path root;

    private Sftp sftp;
    private StoredHub hub;
    private NightShore shore;
    /** The archived files that a night has read, by day and district. */
    private final Set<String> read = new TreeSet<>();

    @BeforeEach
    void threeDaysOfFourMetersComeAshoreAndAgree() throws Exception {
        sftp = new Sftp(root);
        hub = new StoredHub(Path.of("routes"), sftp.environment(), store);
        shore = new NightShore(
                hub.editions,
                BusFactory.newInstance().createBus(),
                Files.createDirectories(root.resolve("night")),
                Clock.systemUTC());
        for (int day = 1; day <= DAYS; day++) {
            lay(day, "D1", 1);
        }
        pull();
        assertThat(apart(night(false))).isZero();
        assertThat(read).containsExactly("20261101_D1", "20261102_D1", "20261103_D1");
        read.clear();
    }

    @AfterEach
    void ebb() throws Exception {
        shore.close();
        hub.close();
        sftp.close();
    }

    @Test
    void aNightAfterWhichNothingHappenedReadsNoFileAndCountsAll() {
        Line first = night(true);
        read.clear();

        Line second = night(false);

        assertThat(read).isEmpty();
        assertThat(apart(second)).isZero();
        assertThat(second.source()).isEqualTo(DAYS * METERS).isEqualTo(second.unified());
        assertThat(second.energy().source()).isEqualByComparingTo(first.energy().source());
        assertThat(second.energy().unified())
                .isEqualByComparingTo(first.energy().unified());
    }

    @Test
    void aBlockThatTheStoreLostIsMissing() {
        run("delete from record where id = '" + BLOCK + "'");

        Line line = night(false);

        assertThat(line.missing().names()).containsExactly(BLOCK);
        assertThat(line.source()).isEqualTo(DAYS * METERS);
        assertThat(line.unified()).isEqualTo(DAYS * METERS - 1);
        assertThat(read).containsExactly("20261102_D1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "energy = energy + 0.001",
                "body = replace(body::text, '\"received\":96', '\"received\":95')::json",
                "body = replace(body::text, '\"values\":[1,2,', '\"values\":[2,1,')::json"
            })
    void aBlockThatChangedInTheStoreIsDifferent(String change) {
        run("update record set " + change + " where id = '" + BLOCK + "'");

        Line usual = night(false);

        assertThat(usual.different().names()).containsExactly(BLOCK);
        assertThat(usual.different().total()).isEqualTo(1);
        assertThat(read).containsExactly("20261102_D1");
        assertThat(night(true).different().names()).containsExactly(BLOCK);
    }

    @Test
    void aRowHashThatChangedHasItsDayReadAndIsNoDifferenceByItself() {
        run("update record set rowhash = gen_random_uuid() where id = '" + BLOCK + "'");

        Line line = night(false);

        assertThat(apart(line)).isZero();
        assertThat(read).containsExactly("20261102_D1");
    }

    @Test
    void blocksThatWereNeverAppliedAreMissingAndTheOtherDaysAreLeftAlone() throws Exception {
        lay(4, "D1", 1);
        pull();
        run("delete from record where id in ('" + id(1, 4) + "', '" + id(3, 4) + "')");

        Line line = night(false);

        assertThat(line.missing().names()).containsExactly(id(1, 4), id(3, 4));
        assertThat(read).containsExactly("20261104_D1");
    }

    @Test
    void aDayWithABlockTooManyIsReadAgainUntilItIsGone() {
        run("insert into record select entity, replace(id, '4902/', '4999/'), silo, sequence, deleted, contenthash,"
                + " md5('4999')::uuid, rowhash, time, partitionkey, money, energy, valid_from, valid_to, recorded_from,"
                + " chunk, ordinal, mapping, quality, positions, body from record where id = '" + BLOCK + "'");

        Line first = night(false);
        Line second = night(false);
        run("delete from record where id like '%:4999/%'");
        Line third = night(false);
        read.clear();
        Line fourth = night(false);

        assertThat(List.of(first, second))
                .allSatisfy(line -> assertThat(line.extra().names()).containsExactly(BLOCK.replace("4902/", "4999/")));
        assertThat(apart(third)).isZero();
        assertThat(apart(fourth)).isZero();
        assertThat(read).isEmpty();
    }

    @Test
    void aCorrectionIsMergedWithTheFilesThatSpokeOfItsDayBefore() throws Exception {
        lay(2, "D2", 3);
        pull();

        Line line = night(false);

        assertThat(apart(line)).isZero();
        assertThat(line.source()).isEqualTo(DAYS * METERS);
        assertThat(read).containsExactly("20261102_D1", "20261102_D2");
    }

    @Test
    void aPieceThatWasRefusedStaysExplainedWithoutItsFile() throws Exception {
        lay(4, "D1", 1, curve("4905", 4, 1).replace(",1,1,,", ",2,1,,"));
        pull();
        Line first = night(false);
        read.clear();

        Line second = night(false);
        run("delete from quarantine");
        assertThat(read).isEmpty();
        Line third = night(false);

        assertThat(List.of(first, second)).allSatisfy(line -> {
            assertThat(apart(line)).isZero();
            assertThat(line.quarantined()).isEqualTo(1);
            assertThat(line.source()).isEqualTo((DAYS + 1) * METERS + 1);
        });
        assertThat(third.missing().names()).containsExactly("CURVE_20261104_D1.csv:6");
        assertThat(read).containsExactly("20261104_D1");
    }

    private static long apart(Line line) {
        return line.missing().total() + line.extra().total() + line.different().total();
    }

    private static String id(int meter, int day) {
        return "urn:isthmus:yj:metering:intervalblock:490" + meter + "/kwh-delivered/2026-11-0" + day + "/raw";
    }

    /** @param factor of every value */
    private void lay(int day, String district, int factor, String... more) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int meter = 1; meter <= METERS; meter++) {
            lines.add(curve("490" + meter, day, factor));
        }
        lines.addAll(List.of(more));
        BigDecimal sum = lines.stream()
                .map(line -> new BigDecimal(line.substring(line.lastIndexOf(',') + 1)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        String date = "2026110" + day;
        sftp.put(
                "CURVE_" + date + "_" + district + ".csv",
                "H,电能量曲线,CURVE," + date + "," + date.substring(0, 7) + (day + 1) + "06150" + factor + "\n"
                        + String.join("\n", lines) + "\nT," + lines.size() + "," + sum + "\n");
    }

    private static String curve(String asset, int day, int factor) {
        StringBuilder line = new StringBuilder("D," + asset + ",M1,2026110" + day + ",1,1,");
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 1; i <= 96; i++) {
            BigDecimal value = BigDecimal.valueOf((long) i * factor, 3);
            sum = sum.add(value);
            line.append(',').append(value);
        }
        return line.append(',').append(sum).toString();
    }

    private void run(String statement) {
        store.sql.sql(statement).update();
    }

    private void pull() {
        StoredHub.Ended ended = hub.pull("metering", "curve");
        assertThat(ended.reason()).as(ended.text()).isEmpty();
    }

    private Line night(boolean full) {
        Night night = new Night(
                hub.editions::catalog,
                new Watched(),
                hub.editions::normalize,
                store.source,
                new Linking(IdentityRules.read(root.resolve("night"), List.of()), store.source, Clock.systemUTC()),
                new CrossChecks(Rules.read(root.resolve("night"), Set.of("metering")), store.source),
                new SimpleMeterRegistry(),
                Clock.systemUTC(),
                ZoneId.of("Asia/Shanghai"));
        NightReport report = night.run(
                new NightOptions(Instant.parse("2026-12-01T00:00:00Z"), Duration.ZERO, Set.of("metering"), full));
        return report.lines().stream()
                .filter(line -> line.entity().equals("intervalblock"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not compared: " + report.away()));
    }

    /** The legacy shore, and a note of the files that were read. */
    private final class Watched implements LegacyShore {
        @Override
        public void everything(String system, String pull, Consumer<Chunk> chunks) {
            shore.everything(system, pull, chunks);
        }

        @Override
        public List<String> files(String system, String pull) {
            return shore.files(system, pull);
        }

        @Override
        public void files(String system, String pull, Set<String> names, BiConsumer<String, Chunk> chunks) {
            names.forEach(name -> read.add(name.replaceAll(".*CURVE_(.*)\\.csv", "$1")));
            shore.files(system, pull, names, chunks);
        }
    }
}
