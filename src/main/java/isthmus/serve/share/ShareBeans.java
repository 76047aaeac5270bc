package isthmus.serve.share;

import isthmus.audit.Audit;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Grants are given on the hub's machine, by a command; no address does it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnNotWebApplication
class ShareBeans {
    @Bean
    Grants grants(DataSource store, Audit audit, Clock clock) {
        return new Grants(store, audit, clock);
    }
}
