package isthmus.feed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import isthmus.security.seal.Opener;
import isthmus.store.ChangeLog;
import isthmus.store.Leases;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the relay to {@code isthmus.kafka}; whoever runs the hub starts it. */
@Configuration(proxyBeanMethods = false)
class FeedBeans {
    /** Of several hubs one tells the feed. */
    private static final String LEASE = "feed:kafka";
    /** And one prunes what is old. */
    private static final String RETENTION = "feed:retention";

    private static final Duration A_PERSON_WAITS = Duration.ofSeconds(3);

    @Bean
    Kafka broker(
            @Value("${isthmus.kafka}") String bootstrap,
            @Value("${isthmus.feed.timeout.request:PT10S}") Duration request,
            @Value("${isthmus.feed.timeout.delivery:PT30S}") Duration delivery,
            @Value("${isthmus.feed.tls.trust:}") String trust,
            @Value("${isthmus.feed.tls.identity:}") String identity,
            @Value("${isthmus.feed.tls.password:}") String password) {
        return new Kafka(bootstrap, request, delivery, new KafkaTls(trust, identity, password));
    }

    @Bean(destroyMethod = "stop")
    Relay relay(
            ChangeLog log,
            DataSource store,
            Kafka kafka,
            @Value("${isthmus.feed.mode:structured}") String mode,
            @Value("${isthmus.feed.tombstone:P30D}") Duration tombstone,
            ObjectProvider<Clock> clock,
            Leases leases,
            MeterRegistry meters) {
        Relay relay = new Relay(
                log,
                new Graves(store, tombstone),
                kafka,
                Mode.of(mode),
                clock.getIfAvailable(Clock::systemUTC),
                () -> leases.confirm(LEASE));
        Gauge.builder("isthmus.lease.held", leases, all -> all.holds(LEASE) ? 1 : 0)
                .tag("system", LEASE)
                .description("1 when this hub pulls the system or tells the feed, 0 when it stands by")
                .register(meters);
        Gauge.builder("isthmus.relay.lag", relay, Relay::lag)
                .description("chunks of the change log that Kafka has not acknowledged")
                .register(meters);
        Gauge.builder("isthmus.relay.position", relay, Relay::position)
                .description("last position of the change log that Kafka has acknowledged")
                .register(meters);
        return relay;
    }

    @Bean
    Bulletin bulletin(Kafka kafka) {
        return new Bulletin(kafka);
    }

    @Bean
    Backlog backlog(ChangeLog log, @Value("${isthmus.feed.bound:5000000}") long bound, MeterRegistry meters) {
        Backlog backlog = new Backlog(log, bound);
        Gauge.builder("isthmus.relay.waiting", backlog, Backlog::waiting)
                .description("events that Kafka has not acknowledged; the sources pause at isthmus.feed.bound")
                .register(meters);
        return backlog;
    }

    @Bean
    FeedPages feedPages(Opener opener) {
        return new FeedPages(opener);
    }

    @Bean
    Consumers consumers(DataSource source, ObjectProvider<Clock> clock, Kafka kafka) {
        Duration patience = kafka.request().compareTo(A_PERSON_WAITS) < 0 ? kafka.request() : A_PERSON_WAITS;
        return new Consumers(source, clock.getIfAvailable(Clock::systemUTC), kafka, patience);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    @ConditionalOnProperty(name = "isthmus.staying", havingValue = "true")
    @DependsOnDatabaseInitialization
    ConsumerMeters consumerMeters(
            Consumers consumers,
            @Qualifier("serve") DataSource source,
            MeterRegistry meters,
            ObjectProvider<Clock> clock) {
        return new ConsumerMeters(consumers, source, meters, clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    @ConditionalOnProperty(name = "isthmus.staying", havingValue = "true")
    @DependsOnDatabaseInitialization
    Retention retention(
            DataSource source,
            @Value("${isthmus.feed.retention:P7D}") Duration keep,
            Leases leases,
            ObjectProvider<Clock> clock) {
        return new Retention(source, keep, () -> leases.confirm(RETENTION), clock.getIfAvailable(Clock::systemUTC));
    }
}
