package isthmus.flow;

import io.micrometer.core.instrument.MeterRegistry;
import isthmus.audit.Audit;
import isthmus.crosscheck.Breaks;
import isthmus.crosscheck.CrossChecks;
import isthmus.crosscheck.Rules;
import isthmus.feed.Bulletin;
import isthmus.feed.Days;
import isthmus.feed.Webhook;
import isthmus.identity.DayLinking;
import isthmus.identity.Decisions;
import isthmus.identity.Explain;
import isthmus.identity.Goldens;
import isthmus.identity.IdentityRules;
import isthmus.identity.Learning;
import isthmus.identity.Linking;
import isthmus.identity.Links;
import isthmus.identity.Review;
import isthmus.reconcile.Deletes;
import isthmus.reconcile.Night;
import isthmus.reconcile.NightChannel;
import isthmus.reconcile.NightHerald;
import isthmus.reconcile.NightSchedule;
import isthmus.reconcile.Nights;
import isthmus.reconcile.Repair;
import isthmus.security.Fingerprints;
import isthmus.security.seal.Seals;
import isthmus.store.ChangeLog;
import isthmus.store.ChunkStore;
import isthmus.store.Leases;
import isthmus.store.Runs;
import isthmus.store.Tombstones;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.apache.cxf.Bus;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what looks at both shores and at whole days: the night, its links, checks, repairs and who hears of it. */
@Configuration(proxyBeanMethods = false)
class NightBeans {
    /** Of several hubs one tells of the nights. */
    private static final String NIGHT = "night";

    /** Of several hubs one judges the days. */
    private static final String DAY = "day";

    /** Attempts with the herald's pauses between them. */
    private static final int ABOUT_A_DAY = 100;

    @Bean(destroyMethod = "close")
    NightShore nightShore(Editions editions, Bus bus, Clock clock) throws IOException {
        return new NightShore(editions, bus, WorkFolder.create(), clock);
    }

    /** The rules are proved against the store as it is now; their SQL is a fault of the configuration like any other. */
    @Bean
    @DependsOnDatabaseInitialization
    CrossChecks crossChecks(
            Rules rules, DataSource store, @Value("${isthmus.store.timeout.long:PT1H}") Duration patience) {
        rules.prove(store);
        return new CrossChecks(rules, new Patient(store, patience));
    }

    @Bean
    Linking linking(
            IdentityRules rules,
            DataSource store,
            Goldens goldens,
            Clock clock,
            Seals seals,
            @Value("${isthmus.store.timeout.long:PT1H}") Duration patience) {
        return new Linking(rules, new Patient(store, patience), clock, goldens, seals);
    }

    @Bean
    Goldens goldens(
            DataSource store,
            ChunkStore chunks,
            Runs runs,
            IdentityRules rules,
            Fingerprints fingerprints,
            Clock clock,
            Seals seals) {
        return new Goldens(store, chunks, runs, rules, fingerprints, clock, seals);
    }

    @Bean
    DayLinking dayLinking(
            IdentityRules rules,
            DataSource store,
            @Qualifier("alone") DataSource alone,
            Goldens goldens,
            Clock clock,
            Seals seals) {
        return new DayLinking(rules, store, alone, clock, goldens, seals);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    @ConditionalOnProperty(name = "isthmus.staying", havingValue = "true")
    @DependsOnDatabaseInitialization
    DayLinks dayLinks(DayLinking linking) {
        return new DayLinks(linking);
    }

    @Bean
    Links links(DataSource store) {
        return new Links(store);
    }

    @Bean
    Explain explain(IdentityRules rules, DataSource store, Seals seals) {
        return new Explain(rules, store, seals);
    }

    @Bean
    Review review(DataSource store, Clock clock, @Value("${isthmus.zone}") ZoneId zone, Seals seals) {
        return new Review(store, clock, zone, seals);
    }

    @Bean
    Learning learning(
            IdentityRules rules,
            DataSource store,
            Clock clock,
            @Value("${isthmus.zone}") ZoneId zone,
            Seals seals,
            @Value("${isthmus.store.timeout.long:PT1H}") Duration patience) {
        return new Learning(rules, new Patient(store, patience), clock, zone, seals);
    }

    @Bean
    Decisions decisions(DataSource store, Audit audit, IdentityRules rules, Clock clock, Seals seals) {
        return new Decisions(store, audit, rules, clock, seals);
    }

    @Bean
    Breaks breaks(Rules rules, DataSource store, Clock clock, @Value("${isthmus.zone}") ZoneId zone) {
        return new Breaks(rules, store, clock, zone);
    }

    @Bean(destroyMethod = "stop")
    Night night(
            Editions editions,
            NightShore shore,
            DataSource store,
            Linking linking,
            CrossChecks checks,
            MeterRegistry meters,
            Clock clock,
            @Value("${isthmus.zone}") ZoneId zone,
            @Value("${isthmus.store.timeout.long:PT1H}") Duration patience) {
        DataSource all = new Patient(store, patience);
        return new Night(editions::catalog, shore, editions::normalize, all, linking, checks, meters, clock, zone);
    }

    @Bean
    Nights nights(DataSource store, @Value("${isthmus.store.timeout.long:PT1H}") Duration patience) {
        return new Nights(new Patient(store, patience));
    }

    @Bean
    Deletes deletes(
            Editions editions,
            NightShore shore,
            DataSource store,
            Runs runs,
            Tombstones tombstones,
            Audit audit,
            Clock clock) {
        return new Deletes(editions::catalog, shore, editions::normalize, store, runs, tombstones, audit, clock);
    }

    @Bean
    Repair repair(
            Editions editions,
            NightShore shore,
            DataSource store,
            Seals seals,
            ChunkStore chunks,
            Tombstones tombstones,
            Runs runs,
            Audit audit,
            Clock clock,
            @Value("${isthmus.store.timeout.long:PT1H}") Duration patience) {
        DataSource all = new Patient(store, patience);
        return new Repair(
                editions::catalog,
                shore,
                editions::normalize,
                all,
                seals.opener(),
                chunks,
                tombstones,
                runs,
                audit,
                clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    @ConditionalOnProperty(name = "isthmus.staying", havingValue = "true")
    @DependsOnDatabaseInitialization
    NightSchedule nightSchedule(
            Night night,
            DataSource store,
            @Value("${isthmus.reconcile.schedule:" + NightSchedule.AT_TWO + "}") String cron,
            @Value("${isthmus.zone}") ZoneId zone,
            @Value("${isthmus.reconcile.settle:PT15M}") Duration settle,
            Clock clock) {
        return new NightSchedule(night, store, cron, zone, settle, clock);
    }

    /** Who hears of a night: Kafka until it has, and an address if there is one, for about a day. */
    @Bean(initMethod = "start", destroyMethod = "close")
    @ConditionalOnProperty(name = "isthmus.staying", havingValue = "true")
    NightHerald nightHerald(
            Editions editions,
            Nights nights,
            DataSource store,
            Bulletin bulletin,
            @Value("${isthmus.reconcile.webhook.url:}") String address,
            @Value("${isthmus.reconcile.webhook.secret:}") String secret,
            @Value("${isthmus.reconcile.webhook.cleartext:false}") boolean mayBeClear,
            Leases leases,
            MeterRegistry meters,
            Clock clock) {
        List<NightChannel> channels = new ArrayList<>();
        channels.add(
                new NightChannel("kafka", Integer.MAX_VALUE, (night, event) -> bulletin.tell(NIGHT, night, event)));
        if (!address.isBlank()) {
            Webhook webhook = new Webhook(address, secret, mayBeClear);
            channels.add(new NightChannel("webhook", ABOUT_A_DAY, (night, event) -> webhook.post(event)));
        }
        return new NightHerald(
                () -> editions.catalog().org(), nights, store, channels, () -> leases.confirm(NIGHT), meters, clock);
    }

    /** Who hears of a local day that is over: Kafka, until it has. */
    @Bean(initMethod = "start", destroyMethod = "close")
    @ConditionalOnProperty(name = "isthmus.staying", havingValue = "true")
    @DependsOnDatabaseInitialization
    Days days(Editions editions, DataSource store, ChangeLog log, Bulletin bulletin, Leases leases, Clock clock) {
        return new Days(() -> editions.catalog().org(), store, log, bulletin, () -> leases.confirm(DAY), clock);
    }
}
