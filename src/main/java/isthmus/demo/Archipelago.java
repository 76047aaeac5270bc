package isthmus.demo;

import isthmus.demo.crm.CrmServer;
import isthmus.demo.data.World;
import isthmus.demo.data.WorldOptions;
import isthmus.demo.server.Berth;
import isthmus.demo.server.FileServer;
import isthmus.demo.server.KafkaServer;
import isthmus.demo.server.MariaServer;
import isthmus.demo.server.PostgresServer;
import isthmus.demo.server.Secrets;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The five servers, started side by side; those that came up are stopped when one of them does not.
 *
 * @param store null, as the broker is, where the islands alone are served
 */
record Archipelago(
        @Nullable PostgresServer store,
        @Nullable KafkaServer kafka,
        MariaServer billing,
        FileServer metering,
        CrmServer crm)
        implements AutoCloseable {
    private static final Duration SLOW_ANSWER = Duration.ofSeconds(7);

    static Archipelago start(DataDirectory data, IslandsOptions options, WorldOptions world) throws IOException {
        Consumer<String> progress = options.progress();
        Secrets secrets = Secrets.in(data.path());
        String transfer = Objects.requireNonNullElse(options.transfer(), data.transfer());
        boolean isNew = data.world().isEmpty();
        if (isNew) {
            data.clear();
        }
        boolean alone = options.as() != null;
        Berth berth = options.berth();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        var store = alone
                ? null
                : threads.submit(told(progress, "store", () -> PostgresServer.start(data.path(), secrets)));
        var kafka = alone
                ? null
                : threads.submit(
                        told(progress, "kafka", () -> KafkaServer.start(data.path(), options.brokerLib(), secrets)));
        var billing =
                threads.submit(told(progress, "billing", () -> billing(data, secrets, isNew, world, berth, progress)));
        threads.shutdown();
        var started = new ArrayList<AutoCloseable>();
        try {
            MariaServer maria = await(billing, started);
            CrmServer crm = CrmServer.start(data.path(), secrets.of("crm"), Clock.systemUTC(), SLOW_ANSWER, berth);
            started.add(crm);
            FileServer files = FileServer.start(transfer, data.path(), secrets, berth);
            started.add(files);
            return new Archipelago(
                    store == null ? null : await(store, started),
                    kafka == null ? null : await(kafka, started),
                    maria,
                    files,
                    crm);
        } catch (IOException | RuntimeException e) {
            abandon(Stream.of(store, kafka, billing).filter(Objects::nonNull).toList(), started, e);
            throw e;
        }
    }

    private static <T> Callable<T> told(Consumer<String> progress, String name, Callable<T> start) {
        return () -> {
            T server = start.call();
            progress.accept(name + " is up");
            return server;
        };
    }

    /** The world is written as soon as its database is there, while the others are still starting. */
    private static MariaServer billing(
            DataDirectory data,
            Secrets secrets,
            boolean isNew,
            WorldOptions world,
            Berth berth,
            Consumer<String> progress)
            throws Exception {
        MariaServer server = MariaServer.start(data.path(), secrets, isNew, berth);
        if (isNew) {
            try (var connection = server.owner()) {
                World.write(world, connection, data.path(), progress);
            } catch (Exception e) {
                try (server) {
                    throw e;
                }
            }
        }
        return server;
    }

    private static <T extends AutoCloseable> T await(Future<T> starting, List<AutoCloseable> started)
            throws IOException {
        try {
            T server = starting.get();
            started.add(server);
            return server;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the islands start", e);
        }
    }

    private static void abandon(
            List<? extends Future<? extends AutoCloseable>> starting, List<AutoCloseable> started, Exception why) {
        for (Future<? extends AutoCloseable> server : starting) {
            try {
                AutoCloseable late = server.get();
                if (!started.contains(late)) {
                    started.add(late);
                }
            } catch (ExecutionException e) {
                why.addSuppressed(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        try {
            stop(started);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    @Override
    public void close() throws IOException {
        stop(Stream.of(crm, metering, billing, kafka, store)
                .filter(Objects::nonNull)
                .toList());
    }

    private static void stop(List<? extends AutoCloseable> servers) throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> stopping = new ArrayList<>();
        for (AutoCloseable server : servers) {
            stopping.add(threads.submit(() -> {
                server.close();
                return null;
            }));
        }
        threads.shutdown();
        IOException failed = null;
        for (Future<?> server : stopping) {
            try {
                server.get();
            } catch (ExecutionException e) {
                failed = failed == null ? new IOException("a server does not stop", e) : failed;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
