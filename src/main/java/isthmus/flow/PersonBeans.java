package isthmus.flow;

import isthmus.audit.Audit;
import isthmus.erasure.Erasures;
import isthmus.security.seal.MasterKeys;
import isthmus.security.seal.Opener;
import isthmus.security.seal.Rotation;
import isthmus.store.Runs;
import isthmus.store.Tombstones;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Wires what is done about persons: their keys, and their erasure, which goes on when the hub stopped over it. */
@Configuration(proxyBeanMethods = false)
class PersonBeans {
    @Bean
    @Lazy
    Rotation rotation(MasterKeys masters, DataSource store, Audit audit) {
        return new Rotation(masters, store, audit);
    }

    @Bean
    Erasures erasures(DataSource store, Opener opener, Tombstones tombstones, Runs runs, Audit audit, Clock clock) {
        return new Erasures(store, opener, tombstones, runs, audit, clock);
    }

    @Bean
    @ConditionalOnProperty(name = "isthmus.staying", havingValue = "true")
    ApplicationListener<ApplicationReadyEvent> erasuresGoOn(Erasures erasures) {
        return ready -> erasures.resume();
    }
}
