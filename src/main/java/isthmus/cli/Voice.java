package isthmus.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command speaks: the answer on standard output, as text or JSON; what it is doing on standard error. */
final class Voice implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT);

    @Option(names = "--json", description = "Answer with one JSON document.")
    private boolean json;

    @Option(names = "--quiet", description = "Say nothing but the answer.")
    private boolean quiet;

    private @Nullable ProgressBar bar;

    boolean json() {
        return json;
    }

    /** The answer: the document when JSON was asked for, else the text. */
    void answer(Object document, String text) {
        stop();
        PrintStream out = System.out;
        out.println(json ? render(document) : text);
        out.flush();
    }

    /** What is going on now: a bar when a terminal is attached, else a line; nothing when quiet. */
    void doing(String what) {
        if (quiet) {
            return;
        }
        if (System.console() == null) {
            System.err.println(what);
            return;
        }
        stop();
        bar = new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(-1)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(200)
                .clearDisplayOnFinish()
                .build();
    }

    /** Moves the bar, if there is one. */
    void advanced(long by) {
        if (bar != null) {
            bar.stepBy(by);
        }
    }

    private void stop() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    private static String render(Object document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("the answer cannot be written as JSON", fault);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
