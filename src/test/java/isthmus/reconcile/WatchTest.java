package isthmus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.reconcile.NightReport.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {

    private final PretendShores shores = new PretendShores();

    @Test
    void isGreenWhenBothShoresAgree() {
        for (int i = 0; i < 20; i++) {
            shores.row("bill", "b" + i, i + ".01");
            shores.held("bill", "b" + i, i + ".01");
        }

        Watch watch = compare("island");

        assertThat(watch.agrees()).isTrue();
        Line bills = only(watch);
        assertThat(bills.source()).isEqualTo(20);
        assertThat(bills.unified()).isEqualTo(20);
        assertThat(bills.money().source()).isEqualByComparingTo("190.20");
        assertThat(bills.money().difference()).isEqualByComparingTo("0");
    }

    @Test
    void findsExactlyWhatWasPlanted() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<Integer> keys = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            keys.add(i);
            shores.row("bill", "b" + i, i + ".00");
            shores.held("bill", "b" + i, i + ".00");
        }
        Collections.shuffle(keys, random);
        List<String> missing = ids(keys.subList(0, 4));
        List<String> cents = ids(keys.subList(4, 10));
        List<String> extra = List.of(PretendShores.id("bill", "x1"), PretendShores.id("bill", "x2"));
        keys.subList(0, 4).forEach(key -> shores.lose("bill", "b" + key));
        keys.subList(4, 10).forEach(key -> shores.held("bill", "b" + key, key + ".01"));
        shores.held("bill", "x1", "5.00");
        shores.held("bill", "x2", "5.00");

        Watch watch = compare("island");

        Line bills = only(watch);
        assertThat(watch.agrees()).isFalse();
        assertThat(bills.missing().names()).containsExactlyInAnyOrderElementsOf(missing);
        assertThat(bills.extra().names()).containsExactlyElementsOf(extra);
        assertThat(bills.different().names()).containsExactlyInAnyOrderElementsOf(cents);
        assertThat(bills.different().total()).isEqualTo(6);
        assertThat(bills.source())
                .isEqualTo(bills.unified()
                        + bills.quarantined()
                        + bills.missing().total()
                        - bills.extra().total());
        long lost = keys.subList(0, 4).stream().mapToLong(key -> key).sum();
        assertThat(bills.money().difference())
                .isEqualByComparingTo(new BigDecimal(lost - 10).subtract(new BigDecimal("0.06")));
    }

    @Test
    void namesAThousandAndCountsAll() {
        for (int i = 0; i < 1_500; i++) {
            shores.row("bill", "b" + i, "1.00");
        }

        Line bills = only(compare("island"));

        assertThat(bills.missing().total()).isEqualTo(1_500);
        assertThat(bills.missing().names()).hasSize(Night.NAMED).doesNotHaveDuplicates();
    }

    @Test
    void whatTheQuarantineHoldsIsExplained() {
        shores.refused("bill", "refused");
        shores.refused("bill", "refused and lost");
        shores.row("bill", "understood by now", "1.00");
        shores.row("bill", "released and lost", "1.00");
        shores.quarantine.add(new UnifiedShore.Shelved("refused", true));
        shores.quarantine.add(new UnifiedShore.Shelved("understood by now", true));
        shores.quarantine.add(new UnifiedShore.Shelved("released and lost", false));

        Line bills = only(compare("island"));

        assertThat(bills.source()).isEqualTo(4);
        assertThat(bills.quarantined()).isEqualTo(2);
        assertThat(bills.missing().names())
                .containsExactlyInAnyOrder("refused and lost", PretendShores.id("bill", "released and lost"));
    }

    @Test
    void aRecordWhoseNewerVersionWasRefusedIsNotExtra() {
        shores.refused("bill", "b1");
        shores.held("bill", "b1", "1.00");
        shores.quarantine.add(new UnifiedShore.Shelved("b1", true));

        Watch watch = compare("island");

        assertThat(watch.agrees()).isTrue();
        assertThat(only(watch).outdated()).isEqualTo(1);
        assertThat(only(watch).unified()).isZero();
    }

    @Test
    void tombstonesCountOnNeitherShore() {
        shores.row("customer", "gone", "2", PretendShores.THEN, null, "deleted");
        shores.held("customer", "gone", true, PretendShores.THEN, null, null);
        shores.row("customer", "never came", "2", PretendShores.THEN, null, "deleted");
        shores.row("customer", "not yet deleted", "2", PretendShores.THEN, null, "deleted");
        shores.held("customer", "not yet deleted", "1.00");
        shores.row("customer", "wrongly deleted", "1.00");
        shores.held("customer", "wrongly deleted", true, PretendShores.THEN, null, null);

        Line customers = only(compare("island"));

        assertThat(customers.source()).isEqualTo(1);
        assertThat(customers.unified()).isEqualTo(1);
        assertThat(customers.extra().names()).containsExactly(PretendShores.id("customer", "not yet deleted"));
        assertThat(customers.missing().names()).containsExactly(PretendShores.id("customer", "wrongly deleted"));
    }

    @Test
    void whatChangedAfterTheCutOffCountsOnNeitherShore() {
        shores.row("bill", "new", "1", PretendShores.THEN.plusHours(1), "1.00", null);
        shores.row("bill", "changed", "2", PretendShores.THEN.plusHours(1), "2.00", null);
        shores.held("bill", "changed", "1.00");
        shores.held("bill", "gone since", false, PretendShores.THEN.plusHours(2), "1.00", null);
        shores.row(
                "bill", "a second before", "1", PretendShores.THEN.plusHours(1).minusSeconds(1), "1.00", null);

        Line bills = only(compare("island"));

        assertThat(bills.inFlight()).isEqualTo(3);
        assertThat(bills.source()).isEqualTo(1);
        assertThat(bills.missing().total()).isEqualTo(1);
        assertThat(bills.extra().total()).isZero();
    }

    @Test
    void aRecordShownTwiceCountsOnceWithItsLatestAmount() {
        shores.row("bill", "b1", "1", PretendShores.THEN, "1.00", null);
        shores.row("bill", "b1", "3", PretendShores.THEN, "3.00", null);
        shores.row("bill", "b1", "2", PretendShores.THEN, "2.00", null);
        shores.held("bill", "b1", "3.00");

        Watch watch = compare("island");

        assertThat(watch.agrees()).isTrue();
        assertThat(only(watch).source()).isEqualTo(1);
        assertThat(only(watch).money().source()).isEqualByComparingTo("3.00");
    }

    @Test
    void theEnergyOfADayInPiecesIsThatOfTheMergedDay() {
        shores.row("intervalblock", "d", "1", PretendShores.THEN, null, "{\"scale\":-3,\"values\":[1,2,null]}");
        shores.row("intervalblock", "d", "2", PretendShores.THEN, null, "{\"scale\":-3,\"values\":[null,20,300]}");
        shores.heldDay("d", 1, 20, 300);

        Watch watch = compare("island");

        assertThat(watch.agrees()).isTrue();
        assertThat(only(watch).energy().source()).isEqualByComparingTo("0.321");
    }

    @Test
    void valuesThatChangedPlacesAreDifferentThoughTheirSumIsTheSame() {
        shores.row("intervalblock", "d", "1", PretendShores.THEN, null, "{\"scale\":-3,\"values\":[1,2,null]}");
        shores.row("intervalblock", "d", "2", PretendShores.THEN, null, "{\"scale\":-3,\"values\":[null,20,300]}");
        shores.heldDay("d", 1, 300, 20);

        Watch watch = compare("island");

        assertThat(only(watch).different().names()).containsExactly(PretendShores.id("intervalblock", "d"));
    }

    @Test
    void aDifferenceThatHealsBeforeTheSecondLookIsNotReported() {
        shores.row("bill", "late", "1.00");
        shores.row("bill", "lost", "1.00");
        shores.beforeReading = n -> {
            if (n == 2) {
                shores.held("bill", "late", "1.00");
                shores.held("bill", "new mistake", "1.00");
            }
        };

        Line bills = only(compare("island"));

        assertThat(bills.missing().names()).containsExactly(PretendShores.id("bill", "lost"));
        assertThat(bills.extra().total()).isZero();
        assertThat(bills.inFlight()).isEqualTo(1);
        assertThat(bills.source()).isEqualTo(2);
        assertThat(bills.unified()).isEqualTo(1);
    }

    @Test
    void whatIsReadIsSortedWhereTheShoreHasItsFiles(@TempDir Path swept) throws IOException {
        List<Path> during = new ArrayList<>();
        shores.folder = swept;
        shores.row("bill", "b1", "1.00");
        shores.held("bill", "b1", "1.00");
        shores.beforeReading = n -> {
            try (Stream<Path> folders = Files.list(swept)) {
                folders.forEach(during::add);
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        };

        compare("island");

        assertThat(during).hasSize(1);
        assertThat(swept).isEmptyDirectory();
    }

    @Test
    void aSystemThatIsAwayIsRedAndTheOthersAreStillCompared() {
        shores.row("bill", "b1", "1.00");
        shores.held("bill", "b1", "1.00");
        shores.dead.add("wreck");

        Watch watch = compare("wreck", "island");

        assertThat(watch.agrees()).isFalse();
        assertThat(watch.away())
                .containsExactly(new NightReport.Away("wreck", "not compared: ConnectException: Connection refused"));
        assertThat(only(watch).system()).isEqualTo("island");
        assertThat(only(watch).agrees()).isTrue();
    }

    private Watch compare(String... systems) {
        Look look = new Look(
                shores,
                shores,
                PretendShores::normalize,
                PretendShores.THEN.plusHours(1).toInstant());
        Watch watch = new Watch(look);
        watch.compare(shores.catalog(systems).systems());
        return watch;
    }

    private static Line only(Watch watch) {
        assertThat(watch.lines()).hasSize(1);
        return watch.lines().get(0);
    }

    private static List<String> ids(List<Integer> keys) {
        return keys.stream().map(key -> PretendShores.id("bill", "b" + key)).toList();
    }
}
