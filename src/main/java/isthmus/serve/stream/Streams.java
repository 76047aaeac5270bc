package isthmus.serve.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import isthmus.serve.Refused;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The answers of the feed that are being written, so many at a time and a thread for each: a reader that stalls keeps its own
 * thread and one page waiting, and nothing else. Ends them before the web server ends.
 */
@Component
@ConditionalOnWebApplication
final class Streams implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    private final int most;
    private final Semaphore places;
    private final ExecutorService threads;
    private volatile boolean running;

    /** What is written, at its reader's own pace. */
    @FunctionalInterface
    interface Answer {
        /** @throws IOException when the reader has gone */
        void write() throws IOException, InterruptedException;
    }

    Streams(@Value("${isthmus.feed.streams:100}") int most, ObjectProvider<MeterRegistry> meters) {
        this.most = most;
        this.places = new Semaphore(most);
        AtomicInteger count = new AtomicInteger();
        // The places are the bound: a thread that has just given its own back may be at its end still.
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "feed-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        meters.ifAvailable(registry -> Gauge.builder("isthmus.feed.streams", this, Streams::open)
                .description("answers of the feed over HTTP that are open; at most isthmus.feed.streams may be")
                .register(registry));
    }

    int open() {
        return most - places.availablePermits();
    }

    /**
     * Prepares an answer in the caller's thread, where it may still be refused, and has it written in one of its own.
     *
     * @throws Refused when as many are open as may be
     */
    void open(HttpServletRequest request, Supplier<Answer> prepared) {
        if (!places.tryAcquire()) {
            throw Refused.busy("as many answers of the feed are open as may be");
        }
        boolean isHandedOver = false;
        try {
            Answer answer = prepared.get();
            AsyncContext exchange = request.startAsync();
            exchange.setTimeout(0);
            try {
                threads.execute(() -> write(answer, exchange));
                isHandedOver = true;
            } catch (RejectedExecutionException stopping) {
                exchange.complete();
                throw Refused.busy("the hub is stopping");
            }
        } finally {
            if (!isHandedOver) {
                places.release();
            }
        }
    }

    private void write(Answer answer, AsyncContext exchange) {
        try {
            answer.write();
        } catch (IOException gone) {
            LOG.debug("a reader of the feed has gone", gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            LOG.error("a bug in the feed over HTTP", bug);
        } finally {
            complete(exchange);
            places.release();
        }
    }

    private static void complete(AsyncContext exchange) {
        try {
            exchange.complete();
        } catch (IllegalStateException ended) {
            LOG.debug("the web server has seen before us that the reader has gone", ended);
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        threads.shutdownNow();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
