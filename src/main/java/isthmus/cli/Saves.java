package isthmus.cli;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people save under routes/ and config/, told once it has been quiet for a moment: an editor writes another file and
 * renames it, a checkout writes many.
 */
final class Saves implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Saves.class);
    private static final long QUIET_MILLIS = 300;

    /** What editors leave beside a file while they work on it. */
    private static final Pattern LITTER = Pattern.compile("\\..*|.*~|#.*#|4913|.*\\.(sw[a-p]|tmp|bak)|.*___jb_.*");

    private final Path routes;
    private final Path config;
    private final WatchService watcher;
    private @Nullable Thread teller;

    Saves(Path routes, Path config) throws IOException {
        this.routes = routes;
        this.config = config;
        this.watcher = routes.getFileSystem().newWatchService();
        watch(routes);
        watch(config);
    }

    /**
     * What was saved since the last time.
     *
     * @param systems the folders under routes/ in which something was saved, that came, or that went
     */
    record Saved(Set<String> systems, boolean isOfConfig) {}

    /** Tells from now on, and also what was saved since this was made. */
    void tell(Consumer<Saved> listener) {
        teller = new Thread(() -> tellAll(listener), "saves");
        teller.start();
    }

    private void tellAll(Consumer<Saved> listener) {
        try {
            while (true) {
                tellNext(listener);
            }
        } catch (InterruptedException | ClosedWatchServiceException over) {
            LOG.debug("nobody listens any more");
        }
    }

    private void tellNext(Consumer<Saved> listener) throws InterruptedException {
        try {
            listener.accept(next());
        } catch (ClosedWatchServiceException over) {
            throw over;
        } catch (RuntimeException fault) {
            LOG.error("what was saved could not be taken in; save it again", fault);
        }
    }

    /** Waits for what is being told; nothing is told afterwards. */
    void end() throws InterruptedException {
        Thread telling = teller;
        if (telling != null) {
            telling.interrupt();
            telling.join();
        }
    }

    private Saved next() throws InterruptedException {
        Set<Path> touched = new TreeSet<>();
        WatchKey key = watcher.take();
        while (key != null) {
            for (WatchEvent<?> event : key.pollEvents()) {
                touch((Path) key.watchable(), event, touched);
            }
            key.reset();
            key = watcher.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
        }
        Set<String> systems = new TreeSet<>();
        touched.stream()
                .filter(path -> path.startsWith(routes) && !path.equals(routes))
                .forEach(path -> systems.add(routes.relativize(path).getName(0).toString()));
        return new Saved(systems, touched.stream().anyMatch(path -> path.startsWith(config)));
    }

    private void touch(Path folder, WatchEvent<?> event, Set<Path> touched) {
        if (!(event.context() instanceof Path name)) {
            // Too much at once to be told one by one.
            touched.addAll(folders(routes));
            touched.add(config);
            return;
        }
        Path path = folder.resolve(name);
        if (LITTER.matcher(name.toString()).matches()) {
            return;
        }
        if (Files.isDirectory(path)) {
            watch(path);
        }
        // Of what lies directly in routes/ only folders count; one that is gone cannot be asked what it was.
        if (!folder.equals(routes) || !Files.isRegularFile(path)) {
            touched.add(path);
        }
    }

    private void watch(Path folder) {
        try {
            for (Path each : folders(folder)) {
                each.register(watcher, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
            }
        } catch (NoSuchFileException gone) {
            LOG.debug("{} came and went", folder);
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot watch " + folder, fault);
        }
    }

    private static Set<Path> folders(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            return new TreeSet<>(all.filter(Files::isDirectory).toList());
        } catch (UncheckedIOException | IOException gone) {
            LOG.debug("{} came and went", root);
            return Set.of();
        }
    }

    @Override
    public void close() throws IOException {
        watcher.close();
    }
}
