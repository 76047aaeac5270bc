package isthmus.flow;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import isthmus.audit.Audit;
import isthmus.catalog.Catalog;
import isthmus.contract.Contracts;
import isthmus.feed.Backlog;
import isthmus.feed.Relay;
import isthmus.quarantine.Quarantine;
import isthmus.reconcile.Deletes;
import isthmus.security.seal.Opener;
import isthmus.source.Arrivals;
import isthmus.source.Positions;
import isthmus.store.Backfills;
import isthmus.store.ChunkStore;
import isthmus.store.Leases;
import isthmus.store.Runs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.spring.SpringBus;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Joins the rooms: the routes to the intake, the intake to normalize and store, the store to the feed. */
@Configuration(proxyBeanMethods = false)
class FlowBeans {
    /** Longer than a legacy database may take to its first row. */
    private static final Duration A_CHUNK_COMES_WITHIN = Duration.ofMinutes(3);

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean(name = Bus.DEFAULT_BUS_ID, destroyMethod = "shutdown")
    SpringBus bus() {
        return new SpringBus();
    }

    @Bean(destroyMethod = "close")
    Crossing crossing(
            CamelContext context,
            Editions editions,
            Positions positions,
            Arrivals arrivals,
            Bus bus,
            Clock clock,
            ChunkStore store,
            Backlog backlog)
            throws Exception {
        Crossing crossing =
                new Crossing(context, editions.current(), positions, arrivals, WorkFolder.create(), bus, clock);
        crossing.open(editions::normalize, chunk -> {
            backlog.admit();
            store.commit(chunk);
        });
        return crossing;
    }

    @Bean
    Contracts contracts(Editions editions, DataSource store, Clock clock, Crossing crossing) {
        return new Contracts(editions::catalog, store, clock, new DescribedSources(crossing::database));
    }

    @Bean
    Pulls pulls(Crossing crossing, Clock clock, Contracts contracts) {
        return crossing.pulls(Backoff.DEFAULT, clock, new KeptContracts(contracts));
    }

    @Bean
    Backfill backfill(
            Editions editions,
            ChunkStore store,
            Backlog backlog,
            Backfills backfills,
            Runs runs,
            Contracts contracts,
            Audit audit,
            Bus bus,
            Clock clock) {
        Storing storing = chunk -> {
            backlog.admit();
            store.commit(chunk);
        };
        return new Backfill(
                editions, storing, backfills, runs, audit, new KeptContracts(contracts), bus, clock, Backoff.DEFAULT);
    }

    @Bean
    Passes passes(Editions editions, Pulls pulls, Runs runs, Leases leases, MeterRegistry meters) {
        editions.catalog().systems().forEach(system -> showLease(system.name(), leases, meters));
        return new Passes(editions, pulls, runs, leases);
    }

    private static void showLease(String system, Leases leases, MeterRegistry meters) {
        if (meters.find("isthmus.lease.held").tag("system", system).gauge() != null) {
            return;
        }
        Gauge.builder("isthmus.lease.held", leases, all -> all.holds(system) ? 1 : 0)
                .tag("system", system)
                .description("1 when this hub pulls the system or tells the feed, 0 when it stands by")
                .register(meters);
    }

    @Bean
    Quarantine quarantine(
            DataSource store, Opener opener, Editions editions, ChunkStore chunks, Runs runs, Audit audit) {
        return new Quarantine(
                store, opener, new StoredRecut(editions::catalog), editions::normalize, chunks, runs, audit);
    }

    /** Only a hub that stays polls by itself and relays from the start; a command does both when it needs them. */
    @Bean
    @ConditionalOnProperty(name = "isthmus.staying", havingValue = "true")
    Schedule schedule(
            Editions editions,
            Passes passes,
            Deletes deletes,
            Relay relay,
            Backlog backlog,
            Leases leases,
            @Value("${isthmus.reconcile.settle:PT15M}") Duration settle) {
        return new Schedule(editions, passes, deletes, relay, backlog, leases, settle);
    }

    @Bean
    @ConditionalOnProperty(name = "isthmus.staying", havingValue = "true")
    Reload reload(
            Editions editions,
            Crossing crossing,
            Schedule schedule,
            Leases leases,
            MeterRegistry meters,
            Audit audit,
            Clock clock,
            Environment environment) {
        Path routes = Path.of(environment.getRequiredProperty("isthmus.routes"));
        Path config = Path.of(environment.getRequiredProperty("isthmus.config"));
        var vetting = new Vetting(routes, config, environment, clock);
        return new Reload(editions, vetting, crossing, audit, A_CHUNK_COMES_WITHIN, system -> {
            showLease(system, leases, meters);
            schedule.follow(system);
        });
    }

    /** For rooms downstream that tell what the catalog says now. */
    @Bean
    Supplier<Catalog> catalogInForce(Editions editions) {
        return editions::catalog;
    }

    @Bean
    @ConditionalOnProperty(name = "isthmus.staying", havingValue = "true")
    ReloadEndpoint reloadEndpoint(Reload reload) {
        return new ReloadEndpoint(reload);
    }
}
