package isthmus.feed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import isthmus.store.ChangeLog;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the relay to {@code isthmus.kafka}; whoever runs the hub starts it. */
@Configuration(proxyBeanMethods = false)
class FeedBeans {

    @Bean(destroyMethod = "stop")
    Relay relay(
            ChangeLog log,
            @Value("${isthmus.kafka}") String bootstrap,
            @Value("${isthmus.feed.timeout.request:PT10S}") Duration request,
            @Value("${isthmus.feed.timeout.delivery:PT30S}") Duration delivery,
            ObjectProvider<Clock> clock,
            MeterRegistry meters) {
        Relay relay = new Relay(log, new Kafka(bootstrap, request, delivery), clock.getIfAvailable(Clock::systemUTC));
        Gauge.builder("isthmus.relay.lag", relay, Relay::lag)
                .description("chunks of the change log that Kafka has not acknowledged")
                .register(meters);
        Gauge.builder("isthmus.relay.position", relay, Relay::position)
                .description("last position of the change log that Kafka has acknowledged")
                .register(meters);
        return relay;
    }
}
