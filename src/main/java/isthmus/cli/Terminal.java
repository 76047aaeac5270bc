package isthmus.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * The error stream of a person's terminal: a bar lives on its last line, and what is written meanwhile (a warning, a fault)
 * takes the bar's place and leaves it a line below.
 */
final class Terminal extends OutputStream implements ProgressBarConsumer {
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream screen;
    private final ConsoleProgressBarConsumer measure;
    private boolean drawn;

    Terminal(PrintStream screen) {
        this.screen = screen;
        this.measure = new ConsoleProgressBarConsumer(screen);
    }

    /** What System.err has to be, so that nothing is written into a bar. */
    PrintStream stream() {
        return new PrintStream(this, true, StandardCharsets.UTF_8);
    }

    @Override
    public int getMaxRenderedLength() {
        return measure.getMaxRenderedLength();
    }

    @Override
    public synchronized void accept(String bar) {
        screen.print(CLEAR_LINE + bar);
        screen.flush();
        drawn = true;
    }

    @Override
    public synchronized void clear() {
        if (drawn) {
            screen.print(CLEAR_LINE);
            screen.flush();
            drawn = false;
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        clear();
        screen.write(bytes, from, length);
    }

    @Override
    public synchronized void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void flush() {
        screen.flush();
    }

    /** The bar has ended; the screen stays. */
    @Override
    public void close() {
        clear();
    }
}
