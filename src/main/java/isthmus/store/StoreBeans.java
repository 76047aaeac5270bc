package isthmus.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import isthmus.security.OpenSeal;
import isthmus.security.Seal;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.flyway.FlywayDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Opens the store from {@code isthmus.store.url}, {@code .user} and {@code .password}. */
@Configuration(proxyBeanMethods = false)
class StoreBeans {

    /** Fails fast instead of hanging on a half-open link, and keeps rows out of error messages. */
    @Bean
    DataSource storeDataSource(
            @Value("${isthmus.store.url}") String url,
            @Value("${isthmus.store.user}") String user,
            @Value("${isthmus.store.password:}") String password,
            @Value("${isthmus.store.pool:10}") int pool,
            @Value("${isthmus.store.timeout.connect:PT10S}") Duration connect,
            @Value("${isthmus.store.timeout.read:PT2M}") Duration read) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(pool);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(connect.toMillis());
        config.setDataSourceProperties(TimeOuts.of(connect, read));
        config.addDataSourceProperty("ApplicationName", "isthmus");
        config.addDataSourceProperty("logServerErrorDetail", "false");
        return new HikariDataSource(config);
    }

    /** A migration may be silent for long: it builds an index over everything, for example. */
    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource migrationDataSource(
            @Value("${isthmus.store.url}") String url,
            @Value("${isthmus.store.user}") String user,
            @Value("${isthmus.store.password:}") String password,
            @Value("${isthmus.store.timeout.connect:PT10S}") Duration connect,
            @Value("${isthmus.store.timeout.long:PT1H}") Duration read) {
        DriverManagerDataSource source = new DriverManagerDataSource(url, user, password);
        source.setConnectionProperties(TimeOuts.of(connect, read));
        return source;
    }

    @Bean
    ChunkStore chunkStore(
            DataSource source, ObjectProvider<Clock> clock, ObjectProvider<Seal> seal, MeterRegistry meters) {
        return new ChunkStore(source, clock(clock), seal.getIfAvailable(OpenSeal::new)::seal, new Counts(meters));
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
    Quarantines quarantines(DataSource source) {
        return new Quarantines(source);
    }

    @Bean
    Shore shore(DataSource source) {
        return new Shore(source);
    }

    @Bean
    RawObjects rawObjects(DataSource source) {
        return new RawObjects(source);
    }

    @Bean
    ChangeLog changeLog(DataSource source) {
        return new ChangeLog(source);
    }

    private static Clock clock(ObjectProvider<Clock> clock) {
        return clock.getIfAvailable(Clock::systemUTC);
    }
}
