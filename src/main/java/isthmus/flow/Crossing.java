package isthmus.flow;

import com.zaxxer.hikari.HikariDataSource;
import isthmus.catalog.LegacySystem;
import isthmus.source.Arrivals;
import isthmus.source.Folder;
import isthmus.source.LocalFolder;
import isthmus.source.Positions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.cxf.Bus;
import org.jspecify.annotations.Nullable;

/**
 * Ties systems to a Camel context: each system's connection goes into the registry under the system's name,
 * then its routes are loaded, and all of them end at the one intake.
 */
final class Crossing implements AutoCloseable {
    private final CamelContext context;
    private final List<Edition> first;
    private final FileSteps files;
    private final Bus bus;
    private final Map<String, HikariDataSource> pools = new ConcurrentHashMap<>();
    private final Map<String, Landing> landings = new ConcurrentHashMap<>();

    /**
     * @param first the systems to begin with
     * @param work a local folder for files under way
     * @param bus what the SOAP clients share
     */
    public Crossing(
            CamelContext context,
            List<Edition> first,
            Positions positions,
            Arrivals arrivals,
            Path work,
            Bus bus,
            Clock clock) {
        this.context = context;
        this.first = List.copyOf(first);
        this.bus = bus;
        files = new FileSteps(arrivals, work, clock);
        context.getRegistry().bind("rows", new RowSteps(positions));
        context.getRegistry().bind("files", files);
        context.getRegistry().bind("pages", new PageSteps(positions));
    }

    /** Adds the intake and every system's routes; the context may run already. */
    public void open(Normalizing normalizing, Storing storing) throws Exception {
        // The default is a developer's. Spring Boot knows no camel.main.profile, so it is said here.
        context.getCamelContextExtension().setProfile("prod");
        // Bodies are streams of a whole table or file; a cache of them would fill the memory.
        context.setStreamCaching(false);
        // The error policy is Pulls'; Camel's own would only log every failure once more, with the exchange.
        context.getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
        context.addRoutes(new Intake(normalizing, storing));
        for (Edition edition : first) {
            landing(edition.name()).exchange(Duration.ZERO, nothing -> place(edition));
        }
    }

    /** The place of a system, whether anything lies there or not. */
    Landing landing(String system) {
        return landings.computeIfAbsent(system, Landing::new);
    }

    /**
     * Exchanges one system's routes and connection while nobody pulls it; when the new ones do not start, the former ones are
     * back. No other system notices.
     *
     * @param next null to take the system away
     * @param done runs before the next pull does
     */
    void exchange(String system, @Nullable Edition next, Duration patience, Runnable done) throws Exception {
        landing(system).exchange(patience, former -> {
            if (former != null) {
                clear(former);
            }
            try {
                if (next != null) {
                    place(next);
                }
                done.run();
                return next;
            } catch (Exception fault) {
                putBack(former, next, fault);
                throw fault;
            }
        });
    }

    private void putBack(@Nullable Edition former, @Nullable Edition next, Exception why) {
        try {
            if (next != null) {
                clear(next);
            }
            if (former != null) {
                place(former);
            }
        } catch (Exception worse) {
            why.addSuppressed(worse);
        }
    }

    private Edition place(Edition edition) throws Exception {
        connect(edition.system());
        PluginHelper.getRoutesLoader(context).loadRoutes(edition.resources());
        return edition;
    }

    /** Camel takes the endpoints of a route away with it, once no other route uses them. */
    private void clear(Edition edition) throws Exception {
        ModelCamelContext routes = (ModelCamelContext) context;
        for (String id : edition.routeIds()) {
            if (context.getRoute(id) != null) {
                context.getRouteController().stopRoute(id);
                context.removeRoute(id);
            }
            RouteDefinition unstarted = routes.getRouteDefinition(id);
            if (unstarted != null) {
                routes.removeRouteDefinition(unstarted);
            }
        }
        context.getRegistry().unbind(edition.name());
        files.disconnect(edition.name());
        HikariDataSource pool = pools.remove(edition.name());
        if (pool != null) {
            pool.close();
        }
    }

    private void connect(LegacySystem system) {
        switch (system.transport()) {
            case "jdbc" -> {
                HikariDataSource pool = JdbcConnection.open(system);
                pools.put(system.name(), pool);
                context.getRegistry().bind(system.name(), pool);
            }
            case "soap" -> context.getRegistry().bind(system.name(), SoapConnection.open(system, bus, context));
            case "sftp" -> files.connect(system.name(), into -> SftpFolder.open(system.connection(), into, context));
            case "ftps" -> files.connect(system.name(), into -> FtpFolder.secured(system, into, context));
            case "ftp" -> files.connect(system.name(), into -> FtpFolder.clear(system, into, context));
            case "file" ->
                files.connect(
                        system.name(),
                        into -> new LocalFolder(Path.of(system.connection().getOrDefault("folder", ""))));
            default -> throw new IllegalArgumentException("the catalog knows no transport " + system.transport());
        }
    }

    /** A connection to a system's files, fetched into a local folder. */
    Folder folder(String system, Path into) {
        return files.open(system, into);
    }

    /** How a system's database is reached; only for those that are one. */
    DataSource database(String system) {
        return Objects.requireNonNull(context.getRegistry().lookupByNameAndType(system, DataSource.class), system);
    }

    /** What runs the pulls, once the context is started, and holds nobody to anything. */
    public Pulls pulls(Backoff backoff, Clock clock) {
        return pulls(backoff, clock, Agreement.NONE);
    }

    /** The same with what is asked of every source object. */
    public Pulls pulls(Backoff backoff, Clock clock, Agreement agreement) {
        return new Pulls(this, context.createProducerTemplate(), backoff, clock, agreement);
    }

    @Override
    public void close() {
        pools.values().forEach(HikariDataSource::close);
    }
}
