package isthmus.serve;

import javax.sql.DataSource;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the data service hears. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ServeBeans {
    /** A record's id holds slashes; in an address they are written {@code %2F}, and belong to the id. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> slashesInIds() {
        return tomcat -> tomcat.addConnectorCustomizers(
                connector -> connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
    }

    /** What exports read with, which hold their connection for long. */
    @Bean(defaultCandidate = false)
    @Qualifier("export")
    Reads exportReads(@Qualifier("export") DataSource store) {
        return new Reads(store);
    }
}
