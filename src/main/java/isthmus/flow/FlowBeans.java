package isthmus.flow;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import isthmus.catalog.Catalog;
import isthmus.contract.Contracts;
import isthmus.feed.Backlog;
import isthmus.feed.Relay;
import isthmus.normalize.Normalizer;
import isthmus.quarantine.Quarantine;
import isthmus.reconcile.Deletes;
import isthmus.reconcile.Night;
import isthmus.reconcile.NightSchedule;
import isthmus.source.Arrivals;
import isthmus.source.Positions;
import isthmus.store.Backfills;
import isthmus.store.ChunkStore;
import isthmus.store.Leases;
import isthmus.store.Runs;
import isthmus.store.Tombstones;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.spring.SpringBus;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the rooms: the routes to the intake, the intake to normalize and store, the store to the feed. */
@Configuration(proxyBeanMethods = false)
class FlowBeans {
    /** Of several hubs one keeps the hour of the night. */
    private static final String NIGHT = "night";

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
            Catalog catalog,
            Positions positions,
            Arrivals arrivals,
            Bus bus,
            Clock clock,
            Normalizer normalizer,
            ChunkStore store,
            Backlog backlog)
            throws Exception {
        Crossing crossing = new Crossing(context, catalog, positions, arrivals, WorkFolder.create(), bus, clock);
        crossing.open(normalizer::normalize, chunk -> {
            backlog.admit();
            store.commit(chunk);
        });
        return crossing;
    }

    @Bean
    Contracts contracts(Catalog catalog, DataSource store, Clock clock, Crossing crossing) {
        return new Contracts(catalog, store, clock, new DescribedSources(crossing::database));
    }

    @Bean
    Pulls pulls(Crossing crossing, Clock clock, Contracts contracts) {
        return crossing.pulls(Backoff.DEFAULT, clock, new KeptContracts(contracts));
    }

    @Bean
    Backfill backfill(
            Catalog catalog,
            Normalizer normalizer,
            ChunkStore store,
            Backlog backlog,
            Backfills backfills,
            Runs runs,
            Contracts contracts,
            Bus bus,
            Clock clock) {
        Storing storing = chunk -> {
            backlog.admit();
            store.commit(chunk);
        };
        return new Backfill(
                catalog,
                normalizer::normalize,
                storing,
                backfills,
                runs,
                new KeptContracts(contracts),
                bus,
                clock,
                Backoff.DEFAULT);
    }

    @Bean
    Passes passes(Catalog catalog, Pulls pulls, Runs runs, Leases leases, MeterRegistry meters) {
        catalog.systems()
                .forEach(system -> Gauge.builder("isthmus.lease.held", leases, all -> all.holds(system.name()) ? 1 : 0)
                        .tag("system", system.name())
                        .description("1 when this hub pulls the system or tells the feed, 0 when it stands by")
                        .register(meters));
        return new Passes(catalog, pulls, runs, leases);
    }

    @Bean
    Quarantine quarantine(DataSource store, Catalog catalog, Normalizer normalizer, ChunkStore chunks, Runs runs) {
        return new Quarantine(store, new StoredRecut(catalog), normalizer::normalize, chunks, runs);
    }

    @Bean(destroyMethod = "close")
    NightShore nightShore(Catalog catalog, Bus bus, Clock clock) throws IOException {
        return new NightShore(catalog, bus, WorkFolder.create(), clock);
    }

    @Bean
    Night night(
            Catalog catalog,
            NightShore shore,
            Normalizer normalizer,
            DataSource store,
            MeterRegistry meters,
            Clock clock,
            @Value("${isthmus.zone}") ZoneId zone,
            @Value("${isthmus.store.timeout.long:PT1H}") Duration patience) {
        DataSource all = new Patient(store, patience);
        return new Night(catalog, shore, normalizer::normalize, all, meters, clock, zone);
    }

    @Bean
    Deletes deletes(
            Catalog catalog,
            NightShore shore,
            Normalizer normalizer,
            DataSource store,
            Runs runs,
            Tombstones tombstones,
            Clock clock) {
        return new Deletes(catalog, shore, normalizer::normalize, store, runs, tombstones, clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    @ConditionalOnProperty(name = "isthmus.staying", havingValue = "true")
    NightSchedule nightSchedule(
            Night night,
            Leases leases,
            @Value("${isthmus.reconcile.schedule:" + NightSchedule.AT_TWO + "}") String cron,
            @Value("${isthmus.zone}") ZoneId zone,
            @Value("${isthmus.reconcile.settle:PT15M}") Duration settle,
            Clock clock) {
        return new NightSchedule(night, () -> leases.confirm(NIGHT), cron, zone, settle, clock);
    }

    /** Only a hub that stays polls by itself and relays from the start; a command does both when it needs them. */
    @Bean
    @ConditionalOnProperty(name = "isthmus.staying", havingValue = "true")
    Schedule schedule(Catalog catalog, Passes passes, Deletes deletes, Relay relay, Backlog backlog, Leases leases) {
        return new Schedule(catalog, passes, deletes, relay, backlog, leases);
    }
}
