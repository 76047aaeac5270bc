package isthmus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import isthmus.model.Normalized;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class FeedOrderTest {
    private final Store store = Store.fresh();
    private final ChangeLog log = new ChangeLog(store.source);

    @Test
    void skipsNothingWhenTheFirstAtTheLogCommitsLast() throws Exception {
        CountDownLatch atCommit = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        ChunkStore paused = store.chunks(pausing(store.source, atCommit, mayCommit));
        List<Long> seen = new ArrayList<>();

        var first = CompletableFuture.runAsync(() -> paused.commit(bill("first")));
        assertThat(atCommit.await(10, TimeUnit.SECONDS)).isTrue();
        var second = CompletableFuture.runAsync(() -> store.chunks.commit(Cargo.chunk(2, Cargo.account("second", 1))));
        await().until(() -> waitingForTheLog() == 1);
        read(seen);
        assertThat(seen).isEmpty();
        mayCommit.countDown();
        CompletableFuture.allOf(first, second).get(10, TimeUnit.SECONDS);
        read(seen);

        assertThat(seen).hasSize(2).isSorted();
        assertThat(log.after(0, 10))
                .extracting(entry -> entry.changes().get(0).entity())
                .containsExactly("bill", "account");
    }

    @Test
    void skipsNothingWhileManyWriteAtOnce() {
        List<Long> seen = new ArrayList<>();
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            String key = "w" + writer;
            Normalized[] chunks = new Normalized[25];
            for (int i = 0; i < chunks.length; i++) {
                chunks[i] = writer % 2 == 0 ? bill(key + "-" + i) : Cargo.chunk(1, Cargo.account(key + "-" + i, 1));
            }
            writers.add(CompletableFuture.runAsync(() -> List.of(chunks).forEach(store.chunks::commit)));
        }

        await().until(() -> {
            read(seen);
            return writers.stream().allMatch(CompletableFuture::isDone);
        });
        read(seen);

        assertThat(seen).hasSize(100).isSorted().doesNotHaveDuplicates();
    }

    private static Normalized bill(String key) {
        return Cargo.chunk(1, Cargo.bill(key, 1, "1.00"));
    }

    /** Reads on from the last position seen, as the relay does. */
    private void read(List<Long> seen) {
        long from = seen.isEmpty() ? 0 : seen.get(seen.size() - 1);
        log.after(from, 1_000).forEach(entry -> seen.add(entry.position()));
    }

    private long waitingForTheLog() {
        return store.sql
                .sql("select count(*) from pg_locks where locktype = 'advisory' and not granted")
                .query(Long.class)
                .single();
    }

    private static DataSource pausing(DataSource source, CountDownLatch atCommit, CountDownLatch mayCommit) {
        return new DelegatingDataSource(source) {
            @Override
            public Connection getConnection() throws java.sql.SQLException {
                Connection real = super.getConnection();
                return (Connection) Proxy.newProxyInstance(
                        Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                            if (method.getName().equals("commit")) {
                                atCommit.countDown();
                                mayCommit.await();
                            }
                            try {
                                return method.invoke(real, args);
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getTargetException();
                            }
                        });
            }
        };
    }
}
