package isthmus.cli;

import isthmus.Isthmus;
import isthmus.flow.Preparation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The hub in this process, wired and started. */
final class Hub implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private Hub(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts the hub.
     *
     * @param environment settings that go before the process's environment, by environment variable name
     * @param staying true for a hub that polls, relays, serves health and metrics on 127.0.0.1, and reconciles at night
     */
    static Hub start(Home home, Map<String, Object> environment, boolean staying) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("isthmus.routes", home.routes().toString());
        settings.put("isthmus.config", home.config().toString());
        settings.put("isthmus.staying", staying);
        settings.put("spring.config.additional-location", "optional:file:" + home.config() + "/");
        var application = new SpringApplicationBuilder(Isthmus.class)
                .web(staying ? WebApplicationType.SERVLET : WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers(
                        context -> {
                            var sources = context.getEnvironment().getPropertySources();
                            sources.addFirst(new MapPropertySource("command", settings));
                            sources.addFirst(new SystemEnvironmentPropertySource(
                                    "islands-systemEnvironment", new LinkedHashMap<>(environment)));
                        },
                        new Preparation());
        return new Hub(application.run());
    }

    <T> T room(Class<T> door) {
        return context.getBean(door);
    }

    /** The port on which a staying hub answers. */
    String port() {
        return context.getEnvironment().getRequiredProperty("local.server.port");
    }

    @Override
    public void close() {
        context.close();
    }
}
