package isthmus.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import isthmus.security.seal.MasterKeys;
import isthmus.security.seal.Opener;
import isthmus.security.seal.Sealer;
import isthmus.security.seal.Seals;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.flyway.FlywayDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Opens the store from {@code isthmus.store.url}, {@code .user} and {@code .password}. */
@Configuration(proxyBeanMethods = false)
class StoreBeans {

    private static final int KEY_READERS = 4;

    /** Health asks small tables. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

    /** Host, process and a few letters that no other process has. */
    private static final String HUB = hub();

    private static String hub() {
        String host = System.getenv().getOrDefault("HOSTNAME", "hub");
        String letters = Integer.toString(ThreadLocalRandom.current().nextInt(0x100000, 0x1000000), 36);
        return host.substring(0, Math.min(host.length(), 24)) + "/"
                + ProcessHandle.current().pid() + "/" + letters;
    }

    /** How a hub's connections are known to the store. */
    static String applicationName(String hub) {
        return "isthmus " + hub;
    }

    /** Where the store is, who asks it, and how long that may take. */
    record Address(String url, String user, String password, Duration connect, Duration read) {}

    @Bean
    Address storeAddress(
            @Value("${isthmus.store.url}") String url,
            @Value("${isthmus.store.user}") String user,
            @Value("${isthmus.store.password:}") String password,
            @Value("${isthmus.store.timeout.connect:PT10S}") Duration connect,
            @Value("${isthmus.store.timeout.read:PT2M}") Duration read) {
        return new Address(url, user, password, connect, read);
    }

    /** Fails fast instead of hanging on a half-open link, and keeps rows out of error messages. */
    @Bean
    DataSource storeDataSource(Address address, @Value("${isthmus.store.pool:10}") int pool) {
        HikariConfig config = pool("store", address, TimeOuts.of(address.connect(), address.read()));
        config.setMaximumPoolSize(pool);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(address.connect().toMillis());
        // A commit that is acknowledged moves a file or Kafka's position: it must not be lost with the server.
        config.setConnectionInitSql("set synchronous_commit to on");
        return new HikariDataSource(config);
    }

    /** For health, which must answer while the store is away. */
    @Bean(defaultCandidate = false)
    @Qualifier("health")
    DataSource healthDataSource(Address address) {
        HikariConfig config = pool("store-health", address, TimeOuts.of(BriskSource.WAIT, LONGEST_LOOK));
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(BriskSource.WAIT.toMillis());
        config.setInitializationFailTimeout(-1);
        return new BriskSource(config);
    }

    /**
     * For those who ask from outside: connections of their own, which only read, so that a crowd of them waits for each
     * other and never keeps a record from coming ashore.
     */
    @Bean(defaultCandidate = false)
    @Qualifier("serve")
    DataSource serveDataSource(
            Address address,
            @Value("${isthmus.serve.pool:8}") int pool,
            @Value("${isthmus.serve.wait:PT2S}") Duration wait,
            @Value("${isthmus.serve.timeout:PT30S}") Duration longest) {
        HikariConfig config = readers("store-serve", address, pool, wait);
        // Said as the connection begins: a statement would begin a transaction that each question then finds open.
        config.addDataSourceProperty("options", "-c statement_timeout=" + longest.toMillis());
        return new HikariDataSource(config);
    }

    /** For exports: each holds its connection as long as its client takes, so they have their own. */
    @Bean(defaultCandidate = false)
    @Qualifier("export")
    DataSource exportDataSource(
            Address address,
            @Value("${isthmus.serve.export.most:20}") int most,
            @Value("${isthmus.serve.wait:PT2S}") Duration wait) {
        return new HikariDataSource(readers("store-export", address, most, wait));
    }

    private static HikariConfig readers(String name, Address address, int most, Duration wait) {
        HikariConfig config = pool(name, address, TimeOuts.of(address.connect(), address.read()));
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(wait.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setReadOnly(true);
        config.setAutoCommit(false);
        return config;
    }

    private static HikariConfig pool(String name, Address address, Properties properties) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setDataSourceProperties(properties);
        config.addDataSourceProperty("ApplicationName", applicationName(HUB));
        config.addDataSourceProperty("logServerErrorDetail", "false");
        return config;
    }

    /** Of no pool: who asks for a connection keeps it, leaves in it what is for nobody else, and closes it. */
    @Bean(defaultCandidate = false)
    @Qualifier("alone")
    DataSource aloneDataSource(Address address) {
        DriverManagerDataSource source = new DriverManagerDataSource(address.url(), address.user(), address.password());
        Properties properties = TimeOuts.of(address.connect(), address.read());
        properties.setProperty("ApplicationName", applicationName(HUB));
        properties.setProperty("logServerErrorDetail", "false");
        source.setConnectionProperties(properties);
        return source;
    }

    /** A migration may be silent for long: it builds an index over everything, for example. */
    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource migrationDataSource(Address address, @Value("${isthmus.store.timeout.long:PT1H}") Duration longest) {
        DriverManagerDataSource source = new DriverManagerDataSource(address.url(), address.user(), address.password());
        source.setConnectionProperties(TimeOuts.of(address.connect(), longest));
        return source;
    }

    /** For keys: whoever opens something holds a connection already, and must not wait for another of the same. */
    @Bean(defaultCandidate = false)
    @Qualifier("keys")
    DataSource keyDataSource(Address address) {
        return new HikariDataSource(readers("store-keys", address, KEY_READERS, address.connect()));
    }

    @Bean
    Opener opener(ObjectProvider<MasterKeys> masters, @Qualifier("keys") DataSource keys) {
        MasterKeys sealing = masters.getIfAvailable();
        return sealing == null ? Opener.NONE : new Opener(sealing, keys);
    }

    @Bean
    Seals seals(ObjectProvider<Sealer> sealer, Opener opener) {
        return new Seals(sealer.getIfAvailable(() -> Sealer.NONE), opener);
    }

    @Bean
    ChunkStore chunkStore(DataSource source, ObjectProvider<Clock> clock, Seals seals, MeterRegistry meters) {
        return new ChunkStore(source, clock(clock), seals.sealer(), new Counts(meters), Fence::check);
    }

    @Bean(destroyMethod = "close")
    Leases leases(DataSource source, @Value("${isthmus.lease:PT15S}") Duration term) {
        return new Leases(source, HUB, term);
    }

    @Bean
    Runs runs(DataSource source, ObjectProvider<Clock> clock) {
        return new Runs(source, clock(clock));
    }

    @Bean
    Pending pending(DataSource source) {
        return new Pending(source);
    }

    @Bean
    StoredPositions storedPositions(DataSource source) {
        return new StoredPositions(source);
    }

    @Bean
    StoredArrivals storedArrivals(DataSource source, ObjectProvider<Clock> clock) {
        return new StoredArrivals(source, clock(clock));
    }

    @Bean
    Cursors cursors(DataSource source, ObjectProvider<Clock> clock) {
        return new Cursors(source, clock(clock));
    }

    @Bean
    Backfills backfills(DataSource source, ObjectProvider<Clock> clock) {
        return new Backfills(source, clock(clock));
    }

    @Bean
    Quarantines quarantines(DataSource source, Opener opener) {
        return new Quarantines(source, opener);
    }

    @Bean
    RawObjects rawObjects(DataSource source, Opener opener) {
        return new RawObjects(source, opener);
    }

    @Bean
    Tombstones tombstones(DataSource source, ChunkStore chunks) {
        return new Tombstones(source, chunks);
    }

    @Bean
    ChangeLog changeLog(DataSource source) {
        return new ChangeLog(source);
    }

    private static Clock clock(ObjectProvider<Clock> clock) {
        return clock.getIfAvailable(Clock::systemUTC);
    }
}
