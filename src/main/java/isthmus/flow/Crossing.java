package isthmus.flow;

import com.zaxxer.hikari.HikariDataSource;
import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.source.Arrivals;
import isthmus.source.Folder;
import isthmus.source.LocalFolder;
import isthmus.source.Positions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.cxf.Bus;

/**
 * Ties the catalog's systems to a Camel context: each system's connection goes into the registry under the system's name,
 * then its routes are loaded, and all of them end at the one intake.
 */
final class Crossing implements AutoCloseable {
    private final CamelContext context;
    private final Catalog catalog;
    private final FileSteps files;
    private final Bus bus;
    private final List<HikariDataSource> pools = new ArrayList<>();

    /**
     * @param work a local folder for files under way
     * @param bus what the SOAP clients share
     */
    public Crossing(
            CamelContext context,
            Catalog catalog,
            Positions positions,
            Arrivals arrivals,
            Path work,
            Bus bus,
            Clock clock) {
        this.context = context;
        this.catalog = catalog;
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
        for (LegacySystem system : catalog.systems()) {
            connect(system);
            load(system);
        }
    }

    private void connect(LegacySystem system) {
        switch (system.transport()) {
            case "jdbc" -> {
                HikariDataSource pool = JdbcConnection.open(system);
                pools.add(pool);
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

    private void load(LegacySystem system) throws Exception {
        List<Resource> resources = new ArrayList<>();
        for (Pull pull : system.pulls()) {
            Path file = system.folder().resolve(pull.name() + ".camel.yaml");
            resources.add(ResourceHelper.fromString(file.toString(), Files.readString(file)));
        }
        PluginHelper.getRoutesLoader(context).loadRoutes(resources);
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
        return new Pulls(catalog, context.createProducerTemplate(), backoff, clock, agreement);
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
    }
}
