package isthmus.serve.stream;

import isthmus.feed.FeedPages.Page;
import isthmus.feed.FeedPages.Told;
import isthmus.feed.FeedPosition;
import isthmus.model.Reason;
import isthmus.serve.Refused;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lines {@code {"position":"1042-17","event":{…}}}, in clear the event byte for byte as Kafka gets it, and a last one without an event:
 * {@code {"position":"1043","more":false,"limit":100000}}. So every line says where to go on, and an answer that was cut is
 * one without its last line.
 */
final class JsonLines {
    private final FeedAddress.Reader reader;
    private final int limit;
    private final long deadline;
    private final OutputStream out;

    JsonLines(FeedAddress.Reader reader, FeedQuestion question, OutputStream out) {
        this.reader = reader;
        this.limit = question.limit();
        this.deadline = System.nanoTime() + question.patience().toNanos();
        this.out = out;
    }

    /** Everything there is, at most the limit; when there is nothing, what comes first within the reader's patience. */
    void write(Page first) throws IOException, InterruptedException {
        Page page = first;
        int told = 0;
        try {
            while (true) {
                lines(page);
                reader.told(page.next());
                told += page.told().size();
                if (told >= limit) {
                    end(page.next(), true, null);
                    return;
                }
                if (!page.more()) {
                    Duration left = Duration.ofNanos(deadline - System.nanoTime());
                    if (told > 0 || left.isNegative()) {
                        end(page.next(), false, null);
                        return;
                    }
                    reader.await(page.next(), left);
                }
                page = reader.next(page.next(), limit - told);
            }
        } catch (Refused refused) {
            end(page.next(), true, refused.reason());
        }
    }

    private void lines(Page page) throws IOException {
        for (Told told : page.told()) {
            out.write(utf8("{\"position\":\"" + reader.place(told.position()) + "\",\"event\":"));
            out.write(reader.shown(told));
            out.write(utf8("}\n"));
        }
        if (!page.told().isEmpty()) {
            out.flush();
        }
    }

    /** @param trouble why it ends here although there is more */
    private void end(FeedPosition position, boolean more, @Nullable Reason trouble) throws IOException {
        String code = trouble == null ? "" : ",\"code\":\"" + trouble.code() + "\"";
        out.write(utf8("{\"position\":\"" + reader.place(position) + "\",\"more\":" + more + ",\"limit\":" + limit
                + code + "}\n"));
        out.flush();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
