package isthmus.flow;

import isthmus.audit.Audit;
import isthmus.audit.AuditTrail;
import isthmus.audit.Notary;
import isthmus.audit.SigningKey;
import isthmus.catalog.ConfigurationFault;
import isthmus.store.Leases;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires the audit: who writes it down, who reads it, and who signs how far it has come. */
@Configuration(proxyBeanMethods = false)
class AuditBeans {
    /** Of several hubs one signs. */
    private static final String AUDIT = "audit";

    @Bean
    Audit audit(DataSource store, Clock clock) {
        return new Audit(store, clock);
    }

    @Bean
    AuditTrail auditTrail(DataSource store) {
        return new AuditTrail(store);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    @ConditionalOnProperty(name = "isthmus.staying", havingValue = "true")
    @DependsOnDatabaseInitialization
    Notary notary(
            DataSource store,
            @Value("${isthmus.audit.key:data/audit-key.pem}") String key,
            @Value("${isthmus.audit.heads:data/audit-heads}") String heads,
            @Value("${isthmus.audit.every:PT1H}") Duration every,
            Environment environment,
            Leases leases,
            Clock clock) {
        Path home = Path.of(environment.getProperty("isthmus.home", ""));
        return new Notary(
                store, key(home.resolve(key)), home.resolve(heads), every, () -> leases.confirm(AUDIT), clock);
    }

    private static SigningKey key(Path file) {
        try {
            return SigningKey.at(file);
        } catch (IllegalArgumentException unfit) {
            throw new ConfigurationFault(List.of("isthmus.audit.key: " + unfit.getMessage()));
        }
    }
}
