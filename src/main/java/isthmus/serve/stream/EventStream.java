package isthmus.serve.stream;

import isthmus.feed.FeedPages.Page;
import isthmus.feed.FeedPages.Told;
import isthmus.feed.FeedPosition;
import isthmus.serve.Refused;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/**
 * Server-Sent Events: {@code id} is the position, {@code data} in clear the event byte for byte as Kafka gets it. A heartbeat moves
 * the reader's position on without an event, so that it does not grow old while others' changes are told.
 */
final class EventStream {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration BREATH = Duration.ofSeconds(2);

    private final FeedAddress.Reader reader;
    private final OutputStream out;

    EventStream(FeedAddress.Reader reader, OutputStream out) {
        this.reader = reader;
        this.out = out;
    }

    /** Until the reader leaves, or its position is pruned. */
    void write(Page first) throws IOException, InterruptedException {
        text("retry: " + BREATH.toMillis() + "\n\n");
        events(first);
        Page page = first;
        long beat = System.nanoTime();
        while (true) {
            FeedPosition position = page.next();
            if (!page.more()) {
                reader.await(position, HEARTBEAT.minusNanos(System.nanoTime() - beat));
            }
            try {
                page = reader.next(position, FeedQuestion.LARGEST);
            } catch (Refused refused) {
                if (refused.status() != HttpStatus.SERVICE_UNAVAILABLE) {
                    text("event: problem\ndata: {\"code\":\"" + refused.reason().code() + "\"}\n\n");
                    return;
                }
                // The store is away or busy, which the reader need not know: a browser would not come again after a
                // 503.
                text(": later\n\n");
                Thread.sleep(BREATH.toMillis());
                continue;
            }
            events(page);
            if (!page.told().isEmpty()) {
                beat = System.nanoTime();
            } else if (HEARTBEAT.minusNanos(System.nanoTime() - beat).isNegative()) {
                text(": nothing new\nid: " + reader.place(page.next()) + "\n\n");
                reader.told(page.next());
                beat = System.nanoTime();
            }
        }
    }

    private void events(Page page) throws IOException {
        for (Told told : page.told()) {
            out.write(utf8("id: " + reader.place(told.position()) + "\ndata: "));
            out.write(reader.shown(told));
            out.write(utf8("\n\n"));
        }
        out.flush();
        reader.told(page.next());
    }

    private void text(String text) throws IOException {
        out.write(utf8(text));
        out.flush();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
