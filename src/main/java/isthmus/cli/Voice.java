package isthmus.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.PrintStream;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command speaks: the answer on standard output, as text or JSON; what it is doing on standard error. */
final class Voice implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT);
    private static final Pattern STEP = Pattern.compile("(.+): ([0-9]+) of ([0-9]+)( .*)?");

    @Option(names = "--json", description = "Answer with one JSON document.")
    private boolean json;

    @Option(names = "--quiet", description = "Say nothing but the answer.")
    private boolean quiet;

    private volatile @Nullable ProgressBar bar;

    boolean json() {
        return json;
    }

    /** The answer: the document when JSON was asked for, else the text. */
    void answer(Object document, String text) {
        close();
        PrintStream out = System.out;
        out.println(json ? render(document) : text);
        out.flush();
    }

    /** Something that is so from now on, as opposed to something under way. */
    void tell(String what) {
        close();
        if (!quiet) {
            System.err.println(what);
        }
    }

    /** What is going on now, {@code "<what>: <n> of <all> <things>"} where the end is known: a bar on a terminal, else a line. */
    void doing(String what) {
        if (quiet) {
            return;
        }
        Terminal terminal = Main.terminal();
        if (terminal == null) {
            System.err.println(what);
            return;
        }
        Matcher step = STEP.matcher(what);
        if (!step.matches()) {
            show(terminal, what, -1);
            return;
        }
        ProgressBar known = bar;
        if (known == null || !known.getTaskName().equals(step.group(1))) {
            known = show(terminal, step.group(1), Long.parseLong(step.group(3)));
        }
        known.stepTo(Long.parseLong(step.group(2)));
    }

    /** Moves the bar, if there is one, by so many records. */
    void advanced(long by) {
        ProgressBar moving = bar;
        if (moving != null) {
            moving.stepBy(by);
        }
    }

    /** So many of all steps are done, and what is done now; drawn on a terminal and nowhere else. */
    void step(String task, int done, int of, String now) {
        Terminal terminal = Main.terminal();
        if (quiet || terminal == null) {
            return;
        }
        ProgressBar known = bar;
        if (known == null || !known.getTaskName().equals(task)) {
            known = show(terminal, task, of);
        }
        known.setExtraMessage(now).stepTo(done);
    }

    private ProgressBar show(Terminal terminal, String task, long max) {
        close();
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(max)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(200)
                .continuousUpdate()
                .setConsumer(terminal)
                .clearDisplayOnFinish();
        if (max < 0) {
            builder.setRenderer(Voice::counting);
        }
        ProgressBar shown = builder.build();
        bar = shown;
        return shown;
    }

    /** Work whose end nobody knows: how much is done and for how long, without a bar that would only pretend. */
    private static String counting(ProgressState state, int width) {
        Duration elapsed = state.getElapsedAfterStart();
        String clock = "%d:%02d".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
        String done = state.getCurrent() == 0 ? "" : "%,d records, ".formatted(state.getCurrent());
        String line = state.getTaskName() + "  (" + done + clock + ")";
        return line.length() > width ? line.substring(0, width) : line;
    }

    private static String render(Object document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("the answer cannot be written as JSON", fault);
        }
    }

    /** Takes the bar away. */
    @Override
    public void close() {
        ProgressBar shown = bar;
        if (shown != null) {
            shown.close();
            bar = null;
        }
    }
}
