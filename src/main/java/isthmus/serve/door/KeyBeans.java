package isthmus.serve.door;

import isthmus.audit.Audit;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keys are given out on the hub's machine, by a command; no address does it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnNotWebApplication
class KeyBeans {
    @Bean
    ApiKeys apiKeys(DataSource store, Audit audit, Clock clock) {
        return new ApiKeys(store, audit, clock);
    }
}
