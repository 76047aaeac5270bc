package isthmus.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import isthmus.audit.Audit;
import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.crosscheck.Breaks;
import isthmus.crosscheck.Rules;
import isthmus.erasure.Erasures;
import isthmus.feed.Consumers;
import isthmus.feed.FeedPages;
import isthmus.identity.Decisions;
import isthmus.identity.IdentityRules;
import isthmus.model.Normalized;
import isthmus.reconcile.Repair;
import isthmus.security.Fingerprints;
import isthmus.security.seal.Blind;
import isthmus.security.seal.Opener;
import isthmus.security.seal.Profile;
import isthmus.security.seal.Sealed;
import isthmus.security.seal.Seals;
import isthmus.store.ChangeLog;
import isthmus.store.RawObjects;
import isthmus.store.Runs;
import isthmus.store.Store;
import isthmus.store.Tombstones;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** The data service alone, over a real store, on a port of its own. */
public final class Service implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    public final Store store;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;

    private Service(Store store, ConfigurableApplicationContext context) {
        this.store = store;
        this.context = context;
    }

    /** @param more beans of other rooms that an address wants, by name */
    public static Service over(Store store, Map<String, Object> settings, Map<String, Object> more) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Wired.class)
                .properties(Map.of(
                        "server.port",
                        "0",
                        "server.address",
                        "127.0.0.1",
                        "spring.main.banner-mode",
                        "off",
                        "isthmus.zone",
                        "Asia/Shanghai"))
                // Tests ask fast, and all from one address.
                .properties(Map.of("isthmus.serve.rate", "100000", "isthmus.serve.burst", "100000"))
                .properties(settings)
                .initializers(start -> {
                    DefaultListableBeanFactory beans = (DefaultListableBeanFactory) start.getBeanFactory();
                    beans.registerSingleton("store", store);
                    more.forEach(beans::registerSingleton);
                })
                .run("--spring.config.location=optional:classpath:/none/");
        return new Service(store, context);
    }

    public static Service over(Store store) {
        return over(store, Map.of(), Map.of());
    }

    public String address() {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(URI.create(address() + path)), headers);
    }

    public HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.BodyPublisher said = HttpRequest.BodyPublishers.ofString(body);
        return sent(HttpRequest.newBuilder(URI.create(address() + path)).POST(said), headers);
    }

    private HttpResponse<String> sent(HttpRequest.Builder request, String... headers)
            throws IOException, InterruptedException {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path).body());
    }

    public <T> T room(Class<T> door) {
        return context.getBean(door);
    }

    /** An id as it stands in an address. */
    public static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        context.close();
    }

    /** No {@code @Configuration}: a whole hub that a test starts looks for those under its own package. */
    @ComponentScan("isthmus.serve")
    @ImportAutoConfiguration({
        PropertyPlaceholderAutoConfiguration.class,
        ServletWebServerFactoryAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        SpringDocConfiguration.class,
        SpringDocConfigProperties.class,
        SpringDocWebMvcConfiguration.class
    })
    static class Wired {
        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean("serve")
        DataSource serve(Store store) {
            return readers(store, 8);
        }

        @Bean("export")
        DataSource export(Store store, @Value("${isthmus.serve.export.most:20}") int most) {
            return readers(store, most);
        }

        private static DataSource readers(Store store, int most) {
            HikariConfig config = new HikariConfig();
            config.setDataSource(store.source);
            config.setMaximumPoolSize(most);
            config.setMinimumIdle(0);
            config.setConnectionTimeout(2_000);
            config.setInitializationFailTimeout(-1);
            config.setReadOnly(true);
            config.setAutoCommit(false);
            return new HikariDataSource(config);
        }

        @Bean
        ChangeLog changeLog(Store store) {
            return new ChangeLog(store.source);
        }

        @Bean
        RawObjects rawObjects(Store store) {
            return new RawObjects(store.source, Opener.NONE);
        }

        /** The utility's own routes, read once; they connect to nothing. */
        @Bean
        Supplier<Catalog> catalogInForce() {
            Catalog catalog = CatalogReader.offline(
                    List.of(Path.of("routes/billing"), Path.of("routes/metering"), Path.of("routes/crm")),
                    Path.of("config"));
            return () -> catalog;
        }

        @Bean
        Rules rules() {
            return Rules.read(Path.of("config"), Set.of("billing", "metering", "crm"));
        }

        @Bean
        IdentityRules identityRules(Supplier<Catalog> catalogInForce) {
            return IdentityRules.read(Path.of("config"), catalogInForce.get().systems());
        }

        /** With a key that everybody knows. */
        @Bean
        Fingerprints fingerprints() {
            return Fingerprints.nobodys();
        }

        @Bean
        Audit audit(Store store, Clock clock) {
            return new Audit(store.source, clock);
        }

        @Bean
        Decisions decisions(Store store, Audit audit, IdentityRules rules, Clock clock) {
            return new Decisions(store.source, audit, rules, clock, Seals.NONE);
        }

        @Bean
        Breaks breaks(Store store, Rules rules, Clock clock) {
            return new Breaks(rules, store.source, clock, ZoneId.of("Asia/Shanghai"));
        }

        /** No system shows a row. */
        @Bean
        Repair repair(Store store, Supplier<Catalog> catalogInForce, Clock clock) {
            return new Repair(
                    catalogInForce,
                    (system, pull, chunks) -> {},
                    chunk -> new Normalized(chunk, Map.of(), Map.of()),
                    store.source,
                    Opener.NONE,
                    store.chunks,
                    new Tombstones(store.source, store.chunks),
                    new Runs(store.source, clock),
                    new Audit(store.source, clock),
                    clock);
        }

        /** What was sealed is opened; what a test lays in clear stays as it is. */
        @Bean
        Seals seals(Store store) {
            return Sealed.seals(store.source);
        }

        @Bean
        Opener opener(Seals seals) {
            return seals.opener();
        }

        @Bean
        Blind blind() {
            return new Blind(Profile.INTL, Sealed.HMAC);
        }

        @Bean
        Erasures erasures(Store store, Opener opener, Audit audit, Clock clock) {
            Tombstones tombstones = new Tombstones(store.source, store.chunks);
            return new Erasures(store.source, opener, tombstones, new Runs(store.source, clock), audit, clock);
        }

        @Bean
        FeedPages feedPages(Opener opener) {
            return new FeedPages(opener);
        }

        @Bean
        Consumers consumers(Store store, Clock clock) {
            return new Consumers(store.source, clock, "127.0.0.1:1", Duration.ofMillis(500));
        }
    }
}
