package isthmus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import isthmus.audit.Audit;
import isthmus.audit.Audit.By;
import isthmus.model.Chunk;
import isthmus.model.Fact;
import isthmus.model.Normalized;
import isthmus.model.Outcome;
import isthmus.reconcile.Repair.Ended;
import isthmus.reconcile.Repair.Item;
import isthmus.reconcile.Repair.Kind;
import isthmus.reconcile.Repair.Plan;
import isthmus.reconcile.Repair.SystemAway;
import isthmus.security.seal.Opener;
import isthmus.source.SourceAway;
import isthmus.store.Runs;
import isthmus.store.Store;
import isthmus.store.Tombstones;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class RepairTest {
    private static final String ME = "the one who repairs";

    private final Store store = Store.fresh();
    private final PretendShores island = new PretendShores();

    @BeforeEach
    void thirtyBillsComeAshore() {
        for (int i = 0; i < 30; i++) {
            island.row("bill", "b" + i, i + ".10");
        }
        List<Chunk> chunks = new ArrayList<>();
        island.everything("island", "bill", chunks::add);
        chunks.forEach(chunk -> store.chunks.commit(PretendShores.normalize(chunk)));
    }

    @Test
    void whatIsMissingDifferentOrGoneIsCuredInThatOrderAndWrittenDown() {
        change(3, "99.00");
        change(4, "0.01");
        bills().remove(20);
        island.row("bill", "late", "7.00");

        Plan plan = plan(false);
        List<Item> items = plan.items();
        Ended ended = repair(PretendShores::normalize).execute(plan, Duration.ZERO, true, new By(ME, ""));

        assertThat(items)
                .extracting(Item::kind, Item::id, Item::refusal)
                .containsExactly(
                        tuple(Kind.MISSING, id("late"), null),
                        tuple(Kind.DIFFERENT, id("b3"), null),
                        tuple(Kind.DIFFERENT, id("b4"), null),
                        tuple(Kind.EXTRA, id("b20"), null));
        assertThat(ended.cured()).containsExactlyElementsOf(items);
        assertThat(ended.left()).isEmpty();
        assertThat(look(false)).isEmpty();
        assertThat(store.sql
                        .sql("select actor || ' ' || action || ' ' || subject from audit order by id")
                        .query(String.class)
                        .list())
                .containsExactly(
                        ME + " repair.missing " + id("late"),
                        ME + " repair.different " + id("b3"),
                        ME + " repair.different " + id("b4"),
                        ME + " repair.extra " + id("b20"));
        assertThat(store.sql
                        .sql("select state from run order by run desc limit 1")
                        .query(String.class)
                        .single())
                .isEqualTo("green");
    }

    @Test
    void aRowThatComesBackAfterItsTombstoneIsCuredToo() {
        var gone = bills().remove(20);
        repair(PretendShores::normalize).execute(plan(false), Duration.ZERO, true, new By(ME, ""));
        bills().add(gone);

        Ended ended = repair(PretendShores::normalize).execute(plan(false), Duration.ZERO, true, new By(ME, ""));

        assertThat(ended.cured()).extracting(Item::kind, Item::id).containsExactly(tuple(Kind.MISSING, id("b20")));
        assertThat(look(false)).isEmpty();
    }

    @Test
    void aLaterChangeOfTheSourceStillWinsOverARepair() {
        change(3, "99.00");
        repair(PretendShores::normalize).execute(plan(false), Duration.ZERO, true, new By(ME, ""));

        bills().get(3)[1] = "2";
        change(3, "5.00");
        island.everything("island", "bill", chunk -> store.chunks.commit(PretendShores.normalize(chunk)));

        assertThat(look(false)).isEmpty();
    }

    @Test
    void aRecordThatCameBackBetweenTheLookAndTheRepairIsNotToldAsDeleted() {
        var gone = bills().remove(20);
        Plan plan = plan(false);
        bills().add(gone);
        gone[1] = "2";
        gone[3] = "20.20";
        island.everything("island", "bill", chunk -> store.chunks.commit(PretendShores.normalize(chunk)));

        Ended ended = repair(PretendShores::normalize).execute(plan, Duration.ZERO, true, new By(ME, ""));

        assertThat(plan.items()).extracting(Item::kind, Item::id).containsExactly(tuple(Kind.EXTRA, id("b20")));
        assertThat(ended.cured()).extracting(Item::id).containsExactly(id("b20"));
        assertThat(store.count("record where deleted")).isZero();
        assertThat(store.count("change where op = 'delete'")).isZero();
    }

    @Test
    void whatTheHubStoresWhileARowIsReadAgainIsNotOverwrittenByThatReading() {
        change(3, "99.00");
        Plan plan = plan(false);

        repair(chunk -> {
                    Normalized read = PretendShores.normalize(chunk);
                    if (chunk.pieces().stream()
                            .anyMatch(piece -> piece.locator().equals("b3"))) {
                        bills().get(3)[1] = "2";
                        change(3, "5.00");
                        island.everything("island", "bill", each -> store.chunks.commit(PretendShores.normalize(each)));
                    }
                    return read;
                })
                .execute(plan, Duration.ZERO, true, new By(ME, ""));

        assertThat(store.sql
                        .sql("select contenthash from record where id = ?")
                        .param(id("b3"))
                        .query(String.class)
                        .single())
                .isEqualTo("sha256:5.00");
    }

    @Test
    void whatARepairDoesNotCureIsLeftAloneUntilSomebodyAsksAgain() {
        change(3, "99.00");
        AtomicInteger readings = new AtomicInteger();

        Ended ended =
                repair(chunk -> unsteady(chunk, readings)).execute(plan(false), Duration.ZERO, true, new By(ME, ""));

        assertThat(ended.cured()).isEmpty();
        assertThat(ended.left()).extracting(Item::id).containsExactly(id("b3"));
        assertThat(look(false))
                .extracting(Item::refusal)
                .containsExactly("RPR-NOT-CONVERGING: an earlier repair did not cure it");
        assertThat(look(true)).extracting(Item::refusal).containsOnlyNulls();
    }

    @Test
    void whatNoRepairCouldCureOfAnotherSystemStopsNothingHere() {
        change(3, "99.00");
        store.sql
                .sql("insert into repair (entity, id, system, run, kind, at, cured)"
                        + " values ('bill', :id, 'reef', 1, 'different', now(), false),"
                        + " ('payment', :id, 'island', 1, 'different', now(), false)")
                .param("id", id("b3"))
                .update();

        Ended ended = repair(PretendShores::normalize).execute(plan(false), Duration.ZERO, true, new By(ME, ""));

        assertThat(ended.cured()).extracting(Item::id).containsExactly(id("b3"));
        assertThat(store.count("repair where cured and entity = 'bill' and system = 'island'"))
                .isEqualTo(1);
        assertThat(store.count("repair where not cured")).isEqualTo(2);
    }

    @Test
    void manyDeletesAtOnceLookLikeAnEmptyTableAndAreNotTold() {
        bills().subList(5, 16).clear();
        island.row("bill", "late", "7.00");

        Ended ended = repair(PretendShores::normalize).execute(plan(false), Duration.ZERO, true, new By(ME, ""));

        assertThat(ended.cured()).extracting(Item::id).containsExactly(id("late"));
        assertThat(ended.left())
                .hasSize(11)
                .allSatisfy(item ->
                        assertThat(item.refusal()).isEqualTo("MASS-DELETE: 11 of 30 are gone, at most 10 may be"));
        assertThat(store.count("record where deleted")).isZero();
    }

    @Test
    void whatIsTooMuchForOneRepairIsForTheNextAndSaid() {
        for (int i = 0; i < Night.NAMED + 5; i++) {
            island.row("bill", "late" + i, "7.00");
        }

        Plan plan = plan(false);
        Ended first = repair(PretendShores::normalize).execute(plan, Duration.ZERO, true, new By(ME, ""));
        Ended second = repair(PretendShores::normalize).execute(plan(false), Duration.ZERO, true, new By(ME, ""));

        assertThat(plan.items()).hasSize(Night.NAMED);
        assertThat(first.cured()).hasSize(Night.NAMED);
        assertThat(first.more()).isEqualTo(5);
        assertThat(second.cured()).hasSize(5);
        assertThat(second.more()).isZero();
        assertThat(look(false)).isEmpty();
    }

    @Test
    void aSystemThatGoesAwayInTheMiddleFailsTheRun() {
        change(3, "99.00");
        Plan plan = plan(false);

        Repair repair = repair(chunk -> {
            throw new SourceAway("SRC-AWAY: no answer", null);
        });

        assertThatThrownBy(() -> repair.execute(plan, Duration.ZERO, true, new By(ME, "")))
                .isInstanceOf(SystemAway.class)
                .hasMessage("island was not repaired to the end: SRC-AWAY: no answer");
        assertThat(store.sql
                        .sql("select state || ' ' || error from run order by run desc limit 1")
                        .query(String.class)
                        .single())
                .isEqualTo("failed SRC-AWAY: no answer");
    }

    @Test
    void theAuditTakesRowsAndNeverChangesOne() {
        new Audit(store.source, store.clock).write(List.of(new Audit.Deed(ME, "test", "x", "y")));

        for (String change : List.of("update audit set actor = 'nobody'", "delete from audit", "truncate audit")) {
            assertThatThrownBy(() -> store.sql.sql(change).update())
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("audit takes rows and never changes one");
        }
        assertThat(store.count("audit")).isEqualTo(1);
    }

    private List<@Nullable String[]> bills() {
        return Objects.requireNonNull(island.legacy.get("bill"));
    }

    private void change(int row, String money) {
        bills().get(row)[3] = money;
    }

    private List<Item> look(boolean again) {
        return plan(again).items();
    }

    private Plan plan(boolean again) {
        return repair(PretendShores::normalize).look(null, Duration.ZERO, again, true);
    }

    private Repair repair(Function<Chunk, Normalized> normalizer) {
        return new Repair(
                () -> island.catalog("island"),
                island,
                normalizer,
                store.source,
                Opener.NONE,
                store.chunks,
                new Tombstones(store.source, store.chunks),
                new Runs(store.source, store.clock),
                new Audit(store.source, store.clock),
                store.clock);
    }

    /** A mapping that says one row in another way each time. */
    private static Normalized unsteady(Chunk chunk, AtomicInteger readings) {
        Normalized said = PretendShores.normalize(chunk);
        List<Outcome> outcomes = new ArrayList<>();
        for (Outcome outcome : said.outcomes().getOrDefault("bill", List.of())) {
            Fact fact = ((Outcome.Accepted) outcome).fact();
            outcomes.add(
                    fact.id().equals(id("b3"))
                            ? new Outcome.Accepted(saying(fact, "sha256:" + readings.incrementAndGet()))
                            : outcome);
        }
        return new Normalized(chunk, Map.of("bill", outcomes), said.mappings());
    }

    private static Fact saying(Fact fact, String content) {
        return new Fact(
                fact.id(),
                fact.entity(),
                fact.op(),
                fact.sequence(),
                fact.time(),
                fact.partitionKey(),
                fact.body(),
                content,
                fact.keyHash(),
                fact.rowHash(),
                fact.refs(),
                fact.quality(),
                fact.validFrom(),
                fact.validTo(),
                fact.money(),
                fact.energy());
    }

    private static String id(String key) {
        return PretendShores.id("bill", key);
    }
}
