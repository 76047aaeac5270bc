package isthmus.serve;

import javax.sql.DataSource;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the data service hears. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ServeBeans {
    private static final int SPARE_THREADS = 16;
    private static final int MOST_CONNECTIONS = 2_000;
    private static final int MOST_WAITING = 200;
    private static final int MOST_PARAMETERS = 100;
    private static final int LARGEST_FORM = 64 << 10;
    private static final int LARGEST_HEAD = 8 << 10;

    /** Of a client in the middle of its question, or between two. */
    private static final int SILENCE_MILLIS = 20_000;

    /** A record's id holds slashes; in an address they are written {@code %2F}, and belong to the id. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> slashesInIds() {
        return tomcat -> tomcat.addConnectorCustomizers(
                connector -> connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
    }

    /**
     * Bounds of what one machine holds for all who ask. Twice as many threads as questions at work and waiting, so that who
     * is turned away, and health, never stand in line behind them.
     */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> bounds(@Value("${isthmus.serve.atonce:32}") int atOnce) {
        return tomcat -> {
            tomcat.addConnectorCustomizers(connector -> {
                connector.setMaxPostSize(LARGEST_FORM);
                connector.setMaxParameterCount(MOST_PARAMETERS);
                if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                    http.setMaxThreads(4 * atOnce + SPARE_THREADS);
                    http.setMaxConnections(MOST_CONNECTIONS);
                    // Who asks much keeps a connection; how much is the rate's matter.
                    http.setMaxKeepAliveRequests(-1);
                    http.setAcceptCount(MOST_WAITING);
                    http.setMaxHttpRequestHeaderSize(LARGEST_HEAD);
                    http.setConnectionTimeout(SILENCE_MILLIS);
                    http.setKeepAliveTimeout(SILENCE_MILLIS);
                    http.setMaxSwallowSize(LARGEST_FORM);
                }
            });
            tomcat.addContextCustomizers(context -> {
                context.getParent().getPipeline().addValve(new ProblemValve());
                ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemValve.class.getName());
            });
        };
    }

    /** What exports read with, which hold their connection for long. */
    @Bean(defaultCandidate = false)
    @Qualifier("export")
    Reads exportReads(@Qualifier("export") DataSource store) {
        return new Reads(store);
    }
}
