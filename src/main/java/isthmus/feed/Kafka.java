package isthmus.feed;

import java.time.Duration;

/**
 * Where the broker is and how long it may be silent.
 *
 * @param bootstrap host:port
 * @param request until an answer is asked for again
 * @param delivery until an event, or a question with all its repetitions, is given up
 * @param tls how both prove who they are
 */
record Kafka(String bootstrap, Duration request, Duration delivery, KafkaTls tls) {
    private static final Duration REQUEST = Duration.ofSeconds(10);
    private static final Duration DELIVERY = Duration.ofSeconds(30);

    Kafka {
        // The client refuses a delivery that ends before one request does.
        delivery = delivery.compareTo(request.plusSeconds(1)) < 0 ? request.plusSeconds(1) : delivery;
    }

    Kafka(String bootstrap, Duration request, Duration delivery) {
        this(bootstrap, request, delivery, KafkaTls.NONE);
    }

    static Kafka at(String bootstrap) {
        return new Kafka(bootstrap, REQUEST, DELIVERY);
    }

    int requestMillis() {
        return Math.toIntExact(request.toMillis());
    }

    int deliveryMillis() {
        return Math.toIntExact(delivery.toMillis());
    }
}
