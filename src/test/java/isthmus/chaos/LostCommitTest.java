package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.model.Fact;
import isthmus.model.Normalized;
import isthmus.model.Outcome;
import isthmus.model.Position;
import isthmus.model.Reason;
import isthmus.store.Cargo;
import isthmus.store.ChunkStore;
import isthmus.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;

/** F7: PostgreSQL has committed a chunk, and the hub never hears of it. */
class LostCommitTest {
    private final Store store = Store.fresh();
    private CutProxy proxy;
    private ChunkStore chunks;

    @BeforeEach
    void setUp() throws IOException {
        PGSimpleDataSource direct = new PGSimpleDataSource();
        direct.setUrl(store.url());
        proxy = new CutProxy(direct.getPortNumbers()[0]);
        PGSimpleDataSource through = new PGSimpleDataSource();
        through.setUrl(store.url().replaceFirst("//[^/]+/", "//127.0.0.1:" + proxy.port() + "/"));
        chunks = store.chunks(through);
    }

    @AfterEach
    void tearDown() throws IOException {
        proxy.close();
    }

    @Test
    @Tag("chaos")
    void aHundredChunksWhoseCommitIsNotHeardOfAreAppliedOnce() {
        loseCommits(100);
    }

    @Test
    @Tag("chaos-sample")
    void aFewChunksWhoseCommitIsNotHeardOfAreAppliedOnce() {
        loseCommits(5);
    }

    private void loseCommits(int count) {
        Random random = Seeds.of("F7");
        for (int i = 1; i <= count; i++) {
            Normalized chunk = chunk(i, random);
            proxy.loseTheAnswerTo("COMMIT");
            assertThatThrownBy(() -> chunks.commit(chunk)).isInstanceOf(DataAccessException.class);
            assertThat(proxy.cuts).hasValue(i);
            String before = all();
            assertThat(before).as("the server did commit").contains("\"line\":" + i);

            var tallies = chunks.commit(chunk);

            assertThat(all()).as("chunk %d again", i).isEqualTo(before);
            assertThat(tallies.get("bill").applied()).isZero();
        }
        assertThat(store.count("record")).isEqualTo(3L * count);
        assertThat(store.count("change")).isEqualTo(3L * count);
        assertThat(store.count("chunk_log")).isEqualTo(count);
        assertThat(store.count("quarantine"))
                .as("one piece, refused in every chunk")
                .isEqualTo(1);
        Seeds.tell("F7", count, "commits of the store whose answer was lost");
    }

    /** Three bills and a refused piece, and how far the pull has come with them. */
    private static Normalized chunk(int number, Random random) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Fact bill = Cargo.bill(number + "-" + i, 1, random.nextInt(1_000) + ".25");
            outcomes.add(Cargo.accepted(bill));
        }
        outcomes.add(Cargo.refused(Reason.DATE_INVALID));
        String locators = "{\"line\":%d}".formatted(number);
        return Cargo.chunk(number, "bill", outcomes, null, new Position("billing", "bill", locators));
    }

    /** What is true, told, refused and reached. */
    private String all() {
        return store.bodies()
                + store.sql
                        .sql(
                                "select coalesce(string_agg(t, E'\\n' order by t), '') from (select 'change ' || id || chunk as t"
                                        + " from change union all select 'log ' || chunk || ' ' || position from chunk_log"
                                        + " union all select 'cursor ' || value from cursor"
                                        + " union all select 'quarantine ' || id || locator from quarantine) as everything")
                        .query(String.class)
                        .single();
    }
}
