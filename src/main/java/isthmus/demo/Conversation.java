package isthmus.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The lines between the islands and the process that started them. Out: {@code progress …}, {@code ready FILE}. In:
 * {@code tide} (answer {@code tide done}), {@code check} (answer {@code check JSON}), {@code stop} or the end of input.
 * What fails answers {@code failed …} on one line, and the reason at length goes to the error stream.
 */
final class Conversation {
    private static final String STOP = "stop";

    private final PrintStream out;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private volatile boolean isStarting = true;

    private Conversation(PrintStream out) {
        this.out = out;
    }

    /** Talks until told to stop; the exit code. Nothing but the conversation goes to standard output. */
    static int hold(String[] arguments) {
        var conversation = new Conversation(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        System.setOut(System.err);
        try {
            var options = IslandsOptions.parse(List.of(arguments), conversation::progress);
            System.setProperty("isthmus.demo.log", options.data().resolve("log").toString());
            System.setProperty("logback.configurationFile", "isthmus/demo/logback.xml");
            // In a container nobody talks, and the end of input is no farewell: a signal is.
            if (options.as() == null) {
                conversation.listen();
            }
            conversation.hold(options);
            return 0;
        } catch (IllegalArgumentException e) {
            conversation.failed(e.getMessage());
            return 2;
        } catch (IOException | RuntimeException | LinkageError e) {
            // Servers that run already would keep the process, and whoever waits for its answer, for ever.
            conversation.failed(e);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private void hold(IslandsOptions options) throws IOException, InterruptedException {
        try (Islands islands = Islands.start(options)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(islands), "stop-islands"));
            isStarting = false;
            say("ready " + islands.state());
            for (String line = heard.take(); !line.equals(STOP); line = heard.take()) {
                answer(islands, line);
            }
        }
    }

    /** A parent that goes away while the world is being written must not leave us at it. */
    private void listen() {
        var ears = new Thread(this::hear, "listen");
        ears.setDaemon(true);
        ears.start();
    }

    private void hear() {
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                heard.add(line.strip());
            }
        } catch (IOException e) {
            failed(e);
        }
        if (isStarting) {
            System.exit(0);
        }
        heard.add(STOP);
    }

    private void answer(Islands islands, String line) {
        try {
            switch (line) {
                case "tide" -> {
                    islands.tide();
                    say("tide done");
                }
                case "check" -> say("check " + islands.check());
                case "" -> {}
                default -> failed("does not know " + line);
            }
        } catch (Exception e) {
            failed(e);
        }
    }

    private void close(Islands islands) {
        try {
            islands.close();
        } catch (IOException e) {
            failed(e);
        }
    }

    private void progress(String text) {
        say("progress " + text);
    }

    private void failed(Throwable e) {
        e.printStackTrace();
        failed(e.toString());
    }

    private void failed(@Nullable String why) {
        say("failed " + why);
    }

    private synchronized void say(String line) {
        out.println(line.replaceAll("\\R", " "));
    }
}
