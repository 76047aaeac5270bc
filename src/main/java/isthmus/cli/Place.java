package isthmus.cli;

import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.security.vault.References;
import isthmus.security.vault.Vault;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Where a command works: the environment's real systems, or the demo's servers on a directory. */
final class Place {

    private static final Logger LOG = LoggerFactory.getLogger(Place.class);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Work on the demo kept in DIR; its servers are started when they are not running.")
    private @Nullable Path data;

    /** The environment variables to add to the process's own, from the demo on the directory if one was named. */
    Harbour harbour(Consumer<String> progress) {
        if (data == null) {
            return new Harbour(Map.of(), null);
        }
        if (!data.resolve("islands.json").toFile().exists()) {
            throw new Refusal(Exit.USAGE, "There is no demo in " + data + "; start one: isthmus demo --data " + data);
        }
        Islands islands = Islands.on(Home.here(), data.toAbsolutePath(), List.of(), progress);
        return new Harbour(Borrowed.environment(Home.here(), data, islands.environment()), islands);
    }

    /** Has a hub of this place, wired but not staying, do one command's work; answers the work's exit code. */
    int at(Voice voice, ToIntFunction<Hub> work) {
        try (Harbour harbour = harbour(voice::doing);
                Hub hub = Hub.start(Home.here(), harbour.environment(), false)) {
            return work.applyAsInt(hub);
        }
    }

    /** What the demo lends now, also to folders that came later; nothing without a demo. */
    Map<String, Object> lent(Harbour harbour) {
        Islands islands = harbour.islands();
        return data == null || islands == null
                ? Map.of()
                : Borrowed.environment(Home.here(), data, islands.environment());
    }

    /** Connection settings, and the servers to stop afterwards if this command started them. */
    record Harbour(
            Map<String, Object> environment, @Nullable Islands islands) implements AutoCloseable {
        /** A variable of the demo's or the process's environment, a reference resolved; null where it is not set. */
        @Nullable
        String variable(String name) {
            String text = said(name);
            return text == null ? null : references().resolved(text);
        }

        private @Nullable String said(String name) {
            Object own = environment.get(name);
            return own == null ? System.getProperty(name, System.getenv(name)) : own.toString();
        }

        /** The keystore of this place. */
        Vault vault() {
            return Vault.of(
                    Home.here().root(),
                    setting -> said(setting.replace('.', '_').toUpperCase(Locale.ROOT)));
        }

        private References references() {
            return new References(vault(), LOG::warn);
        }

        /** What stands for what in a connection; null where it is not set. */
        Function<String, @Nullable String> variables() {
            return references().beside(this::variable);
        }

        /** One system, read and checked with this environment, whatever the state of the others. */
        Catalog only(Home home, String system) {
            return CatalogReader.only(home.system(system), home.config(), variables());
        }

        @Override
        public void close() {
            if (islands != null) {
                islands.close();
            }
        }
    }
}
