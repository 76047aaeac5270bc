package isthmus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.audit.Audit;
import isthmus.audit.Audit.By;
import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.reconcile.Deletes.Gone;
import isthmus.store.Runs;
import isthmus.store.Store;
import isthmus.store.Tombstones;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeletesTest {
    private static final String GONE = PretendShores.id("bill", "b3");

    private final Store store = Store.fresh();
    private final PretendShores island = new PretendShores();

    @BeforeEach
    void fortyBillsComeAshore() {
        for (int i = 0; i < 40; i++) {
            island.row("bill", "b" + i, i + ".10");
        }
        bringAshore();
    }

    @Test
    void aLookNamesWhatIsGoneAndChangesNothing() {
        remove(3);

        List<Gone> gone = deletes("1%").look("island", Duration.ZERO);

        assertThat(gone).singleElement().satisfies(bills -> {
            assertThat(bills.held()).isEqualTo(40);
            assertThat(bills.ids()).containsExactly(GONE);
            assertThat(bills.refusal()).isNull();
        });
        assertThat(told()).isEmpty();
    }

    @Test
    void whatIsGoneIsToldAsDeletedOnceInAGreenRun() {
        remove(3);

        deletes("1%").carryOut("island", Duration.ZERO, "test", new By("ab12", "mended"));
        deletes("1%").carryOut("island", Duration.ZERO, "test", new By("ab12", "mended"));

        assertThat(told()).containsExactly(GONE);
        assertThat(states()).containsExactly("green");
        assertThat(store.audit()).singleElement().asString().startsWith("ab12 deletes.execute island bill: 1 of ");
    }

    @Test
    void aRowThatComesBackLaterLivesAgain() {
        remove(3);
        deletes("1%").carryOut("island", Duration.ZERO, "test", new By("ab12", "mended"));

        island.row("bill", "b3", "2", PretendShores.THEN.plusDays(1), "3.10", null);
        bringAshore();

        assertThat(store.sql
                        .sql("select deleted from record where id = ?")
                        .param(GONE)
                        .query(Boolean.class)
                        .single())
                .isFalse();
    }

    @Test
    void aRowThatChangedJustNowIsLeftOut() {
        OffsetDateTime now = OffsetDateTime.now(Clock.systemUTC());
        island.row("bill", "young", "2", now, "1.00", null);
        bringAshore();
        remove(bills().size() - 1);

        assertThat(deletes("1%").look("island", Duration.ofHours(1)).get(0).ids())
                .isEmpty();
    }

    @Test
    void theGuardRefusesWhatIsTooMuchToBeTrueAndTheRunSaysSo() {
        for (int i = 0; i < 11; i++) {
            remove(0);
        }

        List<Gone> refused = deletes("1%").carryOut("island", Duration.ZERO, "test", new By("ab12", "mended"));
        assertThat(refused.get(0).refusal()).isEqualTo("MASS-DELETE: 11 of 40 are gone, at most 10 may be (1%)");
        assertThat(told()).isEmpty();
        assertThat(states()).containsExactly("failed");

        deletes("30%").carryOut("island", Duration.ZERO, "test", new By("ab12", "mended"));
        assertThat(told()).hasSize(11);
    }

    @Test
    void aSourceThatShowsNothingDeletesNothing() {
        bills().clear();

        List<Gone> gone = deletes("100%").carryOut("island", Duration.ZERO, "test", new By("ab12", "mended"));

        assertThat(gone.get(0).refusal()).isEqualTo("MASS-DELETE: the source shows no row at all");
        assertThat(told()).isEmpty();
    }

    @Test
    void aRowSeenMissingOnceOnlyIsNotGone() {
        List<@Nullable String[]> rows = new ArrayList<>(bills());
        remove(3);
        island.beforeReading = n -> {
            if (n % 2 == 0) {
                island.legacy.put("bill", new ArrayList<>(rows));
            }
        };

        assertThat(deletes("1%").look("island", Duration.ZERO).get(0).ids()).isEmpty();
    }

    @Test
    void aSystemThatDoesNotLookForDeletesIsWrongUsage() {
        Deletes none = deletes(island.catalog("island"));

        assertThatThrownBy(() -> none.look("island", Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deletes:");
    }

    private List<@Nullable String[]> bills() {
        return Objects.requireNonNull(island.legacy.get("bill"));
    }

    private void remove(int row) {
        bills().remove(row);
    }

    private List<String> told() {
        return store.sql
                .sql("select id from change where op = 'delete' order by id")
                .query(String.class)
                .list();
    }

    private List<String> states() {
        return store.sql
                .sql("select state from run where trigger = 'test' order by run")
                .query(String.class)
                .list();
    }

    private Deletes deletes(String atMost) {
        BigDecimal share = new BigDecimal(atMost.replace("%", "")).movePointLeft(2);
        Catalog plain = island.catalog("island");
        List<LegacySystem> systems = plain.systems().stream()
                .map(system -> new LegacySystem(
                        system.name(),
                        system.folder(),
                        system.transport(),
                        system.zone(),
                        system.charset(),
                        system.every(),
                        system.connection(),
                        system.pulls().stream()
                                .map(pull -> looking(pull, share))
                                .toList(),
                        system.mappings()))
                .toList();
        return deletes(new Catalog(plain.org(), systems));
    }

    private static Pull looking(Pull pull, BigDecimal atMost) {
        return new Pull(
                pull.name(),
                pull.entities(),
                pull.key(),
                pull.cursor(),
                pull.columns(),
                pull.children(),
                pull.settings(),
                new Pull.Deletes(Duration.ofDays(1), atMost),
                pull.question(),
                pull.rejects());
    }

    private Deletes deletes(Catalog catalog) {
        return new Deletes(
                () -> catalog,
                island,
                PretendShores::normalize,
                store.source,
                new Runs(store.source, store.clock),
                new Tombstones(store.source, store.chunks),
                new Audit(store.source, store.clock),
                Clock.systemUTC());
    }

    private void bringAshore() {
        List<Chunk> chunks = new ArrayList<>();
        Map<String, ?> pulls = island.legacy;
        pulls.keySet().forEach(pull -> island.everything("island", pull, chunks::add));
        chunks.forEach(chunk -> store.chunks.commit(PretendShores.normalize(chunk)));
    }
}
