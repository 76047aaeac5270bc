package isthmus.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import isthmus.store.ChangeLog;
import isthmus.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;

/** What waits while Kafka is away, and how it is told when it returns. */
class BacklogTest {
    private final Store store = Store.fresh();
    private final ChangeLog log = new ChangeLog(store.source);

    @Test
    void sourcesPauseAtTheBoundSayWhyAndGoOnWhenTheRelayHasCaughtUp() {
        // given a bound of 100 events and a relay that tells nothing
        Backlog backlog = new Backlog(log, 100);
        RelayHealth health = new RelayHealth(standing(), backlog);
        write(9, 11);
        backlog.admit();

        // when more wait than may
        write(1, 1);
        await().atMost(Duration.ofSeconds(20)).until(backlog::isFull);
        assertThatThrownBy(backlog::admit)
                .isInstanceOf(FeedFull.class)
                .hasMessage("the sources pause: 100 events wait for Kafka, at most 100 may");

        // then a little is not enough to go on
        log.told(Relay.READER, 1, Instant.now());
        await().atMost(Duration.ofSeconds(20)).until(() -> backlog.waiting() == 89);
        assertThat(backlog.isFull()).isTrue();

        // but four fifths are
        log.told(Relay.READER, 2, Instant.now());
        await().atMost(Duration.ofSeconds(20)).until(() -> !backlog.isFull());
        backlog.admit();
        assertThat(health.health().getStatus()).isEqualTo(Status.UNKNOWN);
    }

    /** Issue: one million events within five minutes on two cores; the heap of the tests is no larger than the hub's. */
    @Test
    @Tag("chaos")
    void aMillionEventsThatWaitedAreToldWithinFiveMinutes() throws Exception {
        write(200, 5_000);
        assertThat(log.waiting(Relay.READER)).isEqualTo(1_000_000);
        try (Broker broker = new Broker()) {
            Relay relay = new Relay(log, broker.bootstrap(), store.clock);
            long started = System.nanoTime();
            relay.start();

            assertThat(relay.drain(Duration.ofMinutes(5))).isTrue();

            double seconds = (System.nanoTime() - started) / 1e9;
            relay.stop();
            System.out.printf("1,000,000 events relayed in %.1f s, %,.0f a second%n", seconds, 1e6 / seconds);
            assertThat(told(broker)).isEqualTo(1_000_000);
        }
    }

    private Relay standing() {
        return new Relay(log, "127.0.0.1:1", store.clock);
    }

    /** Chunks of changes as large as the demo's blocks, each of them with a subject of its own. */
    private void write(int chunks, int events) {
        store.sql.sql("""
                with many as (
                    insert into chunk (run, system, pull, transport, object, at, pieces, recorded_at)
                    select 1, 'billing', 'bill', 'jdbc', 'bill', now(), :events, now() from generate_series(1, :chunks)
                    returning chunk),
                logged as (insert into chunk_log (chunk, events) select chunk, :events from many order by chunk)
                insert into change (chunk, n, entity, id, op, sequence, contenthash, time, time_offset, partitionkey,
                    ordinal, mapping, body)
                select chunk, n, 'bill', 'urn:isthmus:yj:billing:bill:' || chunk || '/' || n, 'upsert',
                    '20261102010003000-0000000000', 'sha256:' || md5(n::text), now(), 28800,
                    'urn:isthmus:yj:billing:account:' || n, n, 'bill@1',
                    json_build_object('id', n, 'text', repeat(md5(n::text), 20))
                from many, generate_series(1, :events) n""").param("chunks", chunks).param("events", events).update();
    }

    private static long told(Broker broker) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", broker.bootstrap());
        settings.put("isolation.level", "read_committed");
        long told = 0;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.of("bill")).stream()
                    .map(info -> new org.apache.kafka.common.TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<org.apache.kafka.common.TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.getOrDefault(at, 0L))) {
                told += consumer.poll(Duration.ofMillis(200)).count();
            }
        }
        return told;
    }
}
