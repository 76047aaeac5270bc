package isthmus.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import isthmus.audit.Audit;
import isthmus.audit.Audit.By;
import isthmus.model.Chunk;
import isthmus.model.Origin;
import isthmus.model.Piece;
import isthmus.model.Reason;
import isthmus.security.seal.Opener;
import isthmus.store.Quarantines;
import isthmus.store.Quarantines.Filter;
import isthmus.store.Quarantines.State;
import isthmus.store.Runs;
import isthmus.store.Store;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuarantineTest {

    private static final Charset GBK = Charset.forName("GBK");
    private static final Filter OPEN = new Filter(null, null, null, State.OPEN);

    private final Store store = Store.fresh();
    private final TinyIsland island = new TinyIsland();
    private final Quarantine quarantine = new Quarantine(
            store.source,
            Opener.NONE,
            island,
            island::normalize,
            store.chunks,
            new Runs(store.source, store.clock),
            new Audit(store.source, store.clock));

    @Test
    void listsByGroupWithTheLatestAsSample() {
        refuse("a,1,x", "b,1,x", "c,?,1.00");

        assertThat(quarantine.groups(OPEN))
                .extracting(Group::reason, Group::count, Group::sampleLocator)
                .containsExactly(tuple("NUMBER-INVALID", 2L, "b"), tuple("TIME-INVALID", 1L, "c"));
        assertThat(quarantine.list(new Filter("island", "bill", "TIME-INVALID", null), 10))
                .hasSize(1);
        assertThat(quarantine.groups(new Filter("elsewhere", null, null, null))).isEmpty();
    }

    @Test
    void showsThePieceInItsCharsetWithTheFieldMarkedAndNothingThatActsOnATerminal() {
        refuse("张三\u001b[2J,1,x");

        Exhibit exhibit = quarantine.show(1).orElseThrow();

        assertThat(exhibit.text()).isEqualTo("张三\\u{1b}[2J,1,x");
        assertThat(exhibit.hex()).isEqualTo("00000000  d5 c5 c8 fd 1b 5b 32 4a 2c 31 2c 78");
        assertThat(exhibit.fields())
                .containsExactly(
                        new Exhibit.Field("KEY", "张三\\u{1b}[2J", false),
                        new Exhibit.Field("VERSION", "1", false),
                        new Exhibit.Field("AMOUNT", "x", true));
        assertThat(quarantine.show(99)).isEmpty();
    }

    @Test
    void aFixedMappingReleasesThePieceOnce() {
        refuse("a,1,x");
        island.understandsAll = true;

        Answer first = quarantine.replay(1, new By("ab12", "mended")).orElseThrow();
        Answer second = quarantine.replay(1, new By("ab12", "mended")).orElseThrow();

        assertThat(first.fate()).isEqualTo(Answer.Fate.REPLAYED);
        assertThat(second.fate()).isEqualTo(Answer.Fate.SETTLED_BEFORE);
        assertThat(second.text()).startsWith("nothing to do, it is replayed: applied in run ");
        assertThat(store.count("record")).isEqualTo(1);
        assertThat(store.count("change")).isEqualTo(1);
        assertThat(store.sql
                        .sql("select system, trigger, state from run")
                        .query()
                        .listOfRows())
                .hasSize(1)
                .first()
                .hasToString("{system=island, trigger=replay, state=green}");
        assertThat(store.sql
                        .sql("select transport || ' ' || object || ' ' || at from chunk order by chunk desc limit 1")
                        .query(String.class)
                        .single())
                .startsWith("replay BILLS.csv 2026-11-0");
    }

    @Test
    void keepsTheVersionThatThePieceHadWhenItCame() {
        refuse("a,1,x");
        commit("a,2,5.00");
        store.sql.sql("update quarantine set state = 'open'").update();
        island.understandsAll = true;

        Answer answer = quarantine.replay(1, new By("ab12", "mended")).orElseThrow();

        assertThat(answer.fate()).isEqualTo(Answer.Fate.SUPERSEDED);
        assertThat(state(1)).isEqualTo("superseded");
        assertThat(store.sql
                        .sql("select money from record")
                        .query(BigDecimal.class)
                        .single())
                .isEqualByComparingTo("5.00");
    }

    @Test
    void whatIsStillRefusedStaysOpenUnderItsNewReason() {
        refuse("a,1,x");
        island.reason = Reason.NUMBER_RANGE;

        Answer answer = quarantine.replay(1, new By("ab12", "mended")).orElseThrow();
        refuse("a,1,x");

        assertThat(answer.fate()).isEqualTo(Answer.Fate.REFUSED);
        assertThat(answer.text()).isEqualTo("still refused, NUMBER-RANGE at AMOUNT: a plain decimal");
        assertThat(store.sql
                        .sql("select id, state, reason, times from quarantine")
                        .query()
                        .listOfRows())
                .as("the same refusal from the island itself is the same row")
                .hasSize(1)
                .first()
                .hasToString("{id=1, state=open, reason=NUMBER-RANGE, times=3}");
    }

    @Test
    void whatWaitsUnderTheNewReasonAlreadyIsOnePiece() {
        refuse("a,1,x");
        island.reason = Reason.NUMBER_RANGE;
        refuse("a,1,x");

        quarantine.replay(1, new By("ab12", "mended"));

        assertThat(state(1)).isEqualTo("superseded");
        assertThat(state(2)).isEqualTo("open");
    }

    @Test
    void releasingAnOldVersionDoesNotHideANewerOneThatStillWaits() {
        refuse("a,1,x");
        refuse("a,2,y");
        island.understands = "x";

        assertThat(quarantine.replay(1, new By("ab12", "mended")).orElseThrow().fate())
                .isEqualTo(Answer.Fate.REPLAYED);

        assertThat(state(1)).isEqualTo("replayed");
        assertThat(state(2)).isEqualTo("open");
    }

    @Test
    void releasesAllWithTheNewestVersionFirst() {
        refuse("a,1,x", "b,1,x", "c,?,1.00");
        refuse("a,2,y");
        island.understandsAll = true;
        List<Answer> answers = new ArrayList<>();

        quarantine.replayAll(new Filter(null, null, "NUMBER-INVALID", null), new By("ab12", "mended"), answers::add);

        assertThat(answers)
                .extracting(Answer::id, Answer::fate)
                .containsExactly(
                        tuple(4L, Answer.Fate.REPLAYED),
                        tuple(2L, Answer.Fate.REPLAYED),
                        tuple(1L, Answer.Fate.SETTLED_BEFORE));
        assertThat(state(1)).as("the store has the newer version by then").isEqualTo("superseded");
        assertThat(state(3)).as("another reason").isEqualTo("open");
        assertThat(store.count("change")).isEqualTo(2);

        quarantine.replayAll(new Filter(null, null, "NUMBER-INVALID", null), new By("ab12", "mended"), answers::add);
        assertThat(answers).hasSize(3);
        assertThat(store.count("run")).as("nothing open, no run").isEqualTo(1);
        assertThat(store.audit())
                .containsExactly(
                        "ab12 quarantine.replay piece 4: island, run 1: mended",
                        "ab12 quarantine.replay piece 2: island, run 1: mended",
                        "ab12 quarantine.replay piece 1: island, run 1: mended");
    }

    @Test
    void aWholeFileCannotBeOfferedAgain() {
        island.reason = Reason.TRAILER_SUM;
        refuse("BILLS.csv,1,x");

        Answer answer = quarantine.replay(1, new By("ab12", "mended")).orElseThrow();

        assertThat(answer.fate()).isEqualTo(Answer.Fate.IMPOSSIBLE);
        assertThat(answer.text()).contains("BILLS.csv", "have it sent again", "TRAILER-SUM");
        assertThat(state(1)).isEqualTo("open");
        assertThat(store.count("run")).isZero();
    }

    @Test
    void aPullThatIsGoneIsSaidSo() {
        refuse("a,1,x");
        island.gone = true;

        assertThat(quarantine.replay(1, new By("ab12", "mended")).orElseThrow().fate())
                .isEqualTo(Answer.Fate.IMPOSSIBLE);
        assertThat(quarantine.show(1).orElseThrow().fields()).isEmpty();
        assertThat(state(1)).isEqualTo("open");
    }

    @Test
    void isDroppedOnlyWithAReason() {
        refuse("a,1,x");

        assertThatThrownBy(() -> quarantine.drop(1, " ", "ab12")).isInstanceOf(IllegalArgumentException.class);
        assertThat(quarantine.drop(1, "test data of the vendor", "ab12")).isTrue();

        assertThat(state(1)).isEqualTo("dropped");
        assertThat(quarantine.drop(1, "again", "ab12")).isFalse();
        assertThat(quarantine.replay(1, new By("ab12", "mended")).orElseThrow().text())
                .isEqualTo("nothing to do, it is dropped: test data of the vendor");
        assertThat(store.audit()).containsExactly("ab12 quarantine.drop piece 1: test data of the vendor");
    }

    @Test
    void aReplayThatStopsLeavesThePieceOpenAndTheRunFailed() {
        refuse("a,1,x");
        island.breaks = true;

        assertThatThrownBy(() -> quarantine.replay(1, new By("ab12", "mended")))
                .isInstanceOf(IllegalStateException.class);

        assertThat(state(1)).isEqualTo("open");
        assertThat(store.sql.sql("select state from run").query(String.class).single())
                .isEqualTo("failed");
        assertThat(store.audit()).containsExactly("ab12 quarantine.replay piece 1: island, run 1: mended");
    }

    private void refuse(String... lines) {
        commit(lines);
    }

    private void commit(String... lines) {
        Origin origin = new Origin("sftp", "BILLS.csv", null, null, OffsetDateTime.parse("2026-11-02T00:00:00+08:00"));
        List<Piece> pieces = new ArrayList<>();
        for (String line : lines) {
            pieces.add(island.piece(line.getBytes(GBK), pieces.size() + 1, line.split(",", -1)[0]));
        }
        Chunk chunk = new Chunk("island", "bill", List.of("bill"), 0, TinyIsland.LAYOUT, pieces, origin, null, null);
        store.chunks.commit(island.normalize(chunk));
    }

    private String state(long id) {
        return new Quarantines(store.source, Opener.NONE)
                .get(id)
                .orElseThrow()
                .state()
                .code();
    }
}
