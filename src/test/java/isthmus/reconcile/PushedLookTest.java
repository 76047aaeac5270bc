package isthmus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.catalog.Column;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Normalized;
import isthmus.model.Outcome;
import isthmus.store.Store;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An island whose rows a database hashes, and which cannot be asked for some keys only. */
class PushedLookTest {
    private static final int BILLS = 200;
    /** The record that differs, and those that are just being read. */
    private static final int FEW = 20;

    private final Store store = Store.fresh();
    private final PretendShores rows = new PretendShores();
    private final JdbcDataSource database = new JdbcDataSource();
    /** The bodies of all records that were read, as long as somebody keeps them. */
    private final List<WeakReference<byte[]>> bodies = new ArrayList<>();

    private long kept;

    @BeforeEach
    void billsComeAshore() throws SQLException {
        database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        run("create table bill (NO varchar(9), MONEY varchar(9))");
        for (int i = 0; i < BILLS; i++) {
            rows.row("bill", "b" + i, i + ".10");
            run("insert into bill values ('b%d', '%d.10')".formatted(i, i));
        }
        List<Chunk> chunks = new ArrayList<>();
        rows.everything("island", "bill", chunks::add);
        chunks.forEach(chunk -> store.chunks.commit(PretendShores.normalize(chunk)));
    }

    @Test
    void ofATableThatIsReadWholeOnlyWhatDiffersIsKept() throws SQLException {
        run("update bill set MONEY = '99.00' where NO = 'b7'");
        Objects.requireNonNull(rows.legacy.get("bill")).get(7)[3] = "99.00";

        Finding bills = look(look(this::counting));

        assertThat(bills.names.of(bills.different.at(0))).isEqualTo(PretendShores.id("bill", "b7"));
        assertThat(bills.different.size()).isEqualTo(1);
        assertThat(bodies).hasSize(BILLS);
        assertThat(kept).isLessThan(FEW);
    }

    @Test
    void whatTheBucketsCountedIsTakenBackThoughTheRecordIsBuriedSince() throws SQLException {
        run("delete from bill where NO = 'b7'");
        Objects.requireNonNull(rows.legacy.get("bill")).remove(7);
        PushedLook look = look(PretendShores::normalize);
        Finding first = look(look);
        store.sql
                .sql("update record set deleted = true, money = null where id = ?")
                .param(PretendShores.id("bill", "b7"))
                .update();

        Finding second = look(look);

        assertThat(first.extra.size()).isEqualTo(1);
        assertThat(second.agrees()).isTrue();
        assertThat(List.of(second.source, second.unified, second.quarantined, second.inFlight))
                .containsExactly(BILLS - 1L, BILLS - 1L, 0L, 0L);
        assertThat(second.unifiedSums.money).isEqualByComparingTo("19912.90");
    }

    private static Finding look(PushedLook look) {
        Pull pull = new Pull(
                "bill",
                List.of("bill"),
                List.of("NO"),
                null,
                List.of(new Column("MONEY", "text", 0, false)),
                Map.of(),
                Map.of(),
                null,
                "select NO, MONEY from bill",
                Pull.Rejects.USUAL);
        LegacySystem island =
                new PretendShores().catalog("island").systems().get(0).with(List.of(pull));
        return look.at(island, pull, Map.of()).orElseThrow().get(0);
    }

    private PushedLook look(Function<Chunk, Normalized> normalizer) {
        LegacyShore shore = new LegacyShore() {
            @Override
            public void everything(String system, String pull, Consumer<Chunk> chunks) {
                rows.everything(system, pull, chunks);
            }

            @Override
            public Optional<DataSource> database(String system) {
                return Optional.of(database);
            }
        };
        return new PushedLook(shore, new StoreShore(store.source), store.source, normalizer, Instant.now(store.clock));
    }

    /** Counts with the last record which bodies are still kept. */
    private Normalized counting(Chunk chunk) {
        Normalized said = PretendShores.normalize(chunk);
        List<Outcome> outcomes = said.outcomes().getOrDefault("bill", List.of());
        for (Outcome outcome : outcomes) {
            bodies.add(new WeakReference<>(((Outcome.Accepted) outcome).fact().body()));
        }
        if (bodies.size() == BILLS) {
            System.gc();
            kept = bodies.stream().filter(body -> body.get() != null).count();
        }
        return said;
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
