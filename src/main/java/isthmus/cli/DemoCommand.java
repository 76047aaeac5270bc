package isthmus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.feed.Relay;
import isthmus.flow.PassReport;
import isthmus.flow.Passes;
import isthmus.store.ChangeLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code isthmus demo}: three pretend islands, a store and a broker on this machine, and the hub between them. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Starts a pretend utility (billing, metering, CRM), a store and a broker, and bridges them.")
final class DemoCommand implements Callable<Integer> {
    private static final Duration FEED_CATCHES_UP_WITHIN = Duration.ofMinutes(15);

    @Option(names = "--once", description = "One full pass, then check the result against the demo's truth, and end.")
    private boolean once;

    @Option(names = "--data", paramLabel = "DIR", description = "Keep the islands and the store in DIR.")
    private @Nullable Path data;

    @Option(names = "--scale", defaultValue = "2000", description = "Accounts (default: ${DEFAULT-VALUE}).")
    private int scale;

    @Option(names = "--days", defaultValue = "30", description = "Days of readings (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(names = "--seed", defaultValue = "1", description = "What the data grow from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--faults",
            defaultValue = "light",
            description = "none, light or nasty: what is wrong with the data (default: ${DEFAULT-VALUE}).")
    private String faults = "light";

    @Option(
            names = "--transfer",
            description = "sftp, ftp or ftps: how the metering island serves its files (default: sftp, or as before).")
    private @Nullable String transfer;

    @Option(
            names = "--sign-in",
            description = "Ask whoever asks over HTTP for a token, and write one for each role to DIR/tokens.")
    private boolean signIn;

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() throws Exception {
        if (!Set.of("none", "light", "nasty").contains(faults) || scale < 1 || days < 1) {
            throw new Refusal(Exit.USAGE, "--faults is none, light or nasty; --scale and --days are at least 1.");
        }
        if (transfer != null && !Set.of("sftp", "ftp", "ftps").contains(transfer)) {
            throw new Refusal(Exit.USAGE, "--transfer is sftp, ftp or ftps.");
        }
        Path directory = data == null ? Files.createTempDirectory("isthmus-demo") : data.toAbsolutePath();
        long started = System.nanoTime();
        List<String> options = new ArrayList<>(
                List.of("--scale", "" + scale, "--days", "" + days, "--seed", "" + seed, "--faults", faults));
        if (transfer != null) {
            options.addAll(List.of("--transfer", transfer));
        }
        try (Staying staying = new Staying()) {
            try (Islands islands = Islands.on(Home.here(), directory, options, voice::doing)) {
                voice.doing("starting the hub");
                try (Hub hub = Hub.start(Home.here(), environment(islands, directory), !once)) {
                    if (once) {
                        return once(hub, islands, started);
                    }
                    voice.answer(islands.card(), Welcome.text(islands.card(), directory, hub.managementPort()));
                    if (signIn) {
                        voice.tell(Welcome.tokens(DemoTokens.write(directory, Instant.now()), hub.port()));
                    }
                    staying.untilAskedToEnd();
                    return Exit.OK;
                }
            } finally {
                voice.close();
                if (data == null) {
                    delete(directory);
                }
            }
        }
    }

    private Map<String, Object> environment(Islands islands, Path directory) {
        Map<String, Object> environment = new LinkedHashMap<>(islands.environment());
        if (signIn) {
            environment.put("ISTHMUS_SECURITY_MODE", "demo");
            environment.put(
                    "ISTHMUS_SECURITY_DEMO_KEY", DemoTokens.key(directory).toString());
        }
        return environment;
    }

    private int once(Hub hub, Islands islands, long started) throws InterruptedException {
        ChangeLog changes = hub.room(ChangeLog.class);
        long before = changes.head();
        Passes passes = hub.room(Passes.class);
        hub.room(Relay.class).start();
        voice.doing("first tide: pulling every system");
        PassReport first = passes.once(Set.of(), voice::advanced);
        islands.tide();
        voice.doing("second tide: late commits and corrected files");
        PassReport report = first.plus(passes.once(Set.of(), voice::advanced));
        voice.doing("waiting for the feed");
        boolean caughtUp = hub.room(Relay.class).drain(FEED_CATCHES_UP_WITHIN);
        Map<String, Long> events = new TreeMap<>();
        changes.eventsSince(before).forEach((entity, count) -> events.put("isthmus." + entity + ".v1", count));
        voice.doing("checking store and feed against the truth");
        JsonNode truth = islands.check();
        var answer = new DemoReport(
                report.systems(),
                events,
                truth,
                report.green() && caughtUp,
                report.problems(),
                (System.nanoTime() - started) / 1_000_000_000,
                PeakMemory.now(),
                islands.card());
        voice.answer(answer.document(), answer.text());
        return answer.holds() ? Exit.OK : Exit.CHECK_FAILED;
    }

    static void delete(Path directory) {
        List<Path> all = new ArrayList<>();
        try (var found = Files.walk(directory)) {
            found.forEach(all::add);
            for (int i = all.size() - 1; i >= 0; i--) {
                Files.deleteIfExists(all.get(i));
            }
        } catch (IOException fault) {
            throw new UncheckedIOException("the demo's directory could not be removed: " + directory, fault);
        }
    }
}
