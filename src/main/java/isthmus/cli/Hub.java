package isthmus.cli;

import isthmus.Isthmus;
import isthmus.catalog.LegacySystem;
import isthmus.flow.Passes;
import isthmus.flow.Preparation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The hub in this process, wired and started. */
final class Hub implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final Map<String, Object> environment;

    private Hub(ConfigurableApplicationContext context, Map<String, Object> environment) {
        this.context = context;
        this.environment = environment;
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
        Map<String, Object> lasting = new ConcurrentHashMap<>(environment);
        // Before any initializer Spring has read its files; by itself it would look into the folder where somebody
        // stands.
        String files = "optional:classpath:/,optional:file:" + home.config() + "/";
        var application = new SpringApplicationBuilder(Isthmus.class)
                .properties(Map.of("spring.config.location", files, "server.address", "127.0.0.1"))
                .web(staying ? WebApplicationType.SERVLET : WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers(
                        context -> {
                            var sources = context.getEnvironment().getPropertySources();
                            sources.addFirst(new MapPropertySource("command", settings));
                            sources.addFirst(new SystemEnvironmentPropertySource("islands-systemEnvironment", lasting));
                        },
                        new Preparation());
        return new Hub(application.run(), lasting);
    }

    /** Connection settings of systems that came later. */
    void learn(Map<String, Object> more) {
        environment.putAll(more);
    }

    /** Whether there is such a room; some are opened by a setting. */
    boolean has(Class<?> door) {
        return context.getBeanNamesForType(door).length > 0;
    }

    <T> T room(Class<T> door) {
        return context.getBean(door);
    }

    /** A system by its name, which has to be in force. */
    LegacySystem system(String name) {
        List<LegacySystem> systems = room(Passes.class).catalog().systems();
        return systems.stream()
                .filter(system -> system.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        Exit.USAGE,
                        "There is no system " + name + " in routes/; there are "
                                + systems.stream().map(LegacySystem::name).toList() + "."));
    }

    /** The first system that gives an entity. */
    LegacySystem giving(String entity) {
        return room(Passes.class).catalog().systems().stream()
                .filter(system ->
                        system.pulls().stream().anyMatch(pull -> pull.entities().contains(entity)))
                .findFirst()
                .orElseThrow(() -> new Refusal(Exit.USAGE, "No system in routes/ gives " + entity + "."));
    }

    /** The port on which a staying hub answers. */
    String port() {
        return context.getEnvironment().getRequiredProperty("local.server.port");
    }

    /** The port on which it tells how it is. */
    String managementPort() {
        return context.getEnvironment().getProperty("local.management.port", port());
    }

    @Override
    public void close() {
        context.close();
    }
}
