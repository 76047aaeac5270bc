package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** docker-compose.yml cannot be run here; but nothing in it may be a setting that does not exist. */
class ComposeTest {
    private static final Path COMPOSE = Path.of("docker-compose.yml");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)");

    @Test
    void everyVariableOfTheHubIsASettingThatExists() throws IOException {
        Set<String> known = new TreeSet<>(springSettings());
        for (Setting setting : Setting.values()) {
            known.add(setting.variable());
        }
        known.addAll(variables(Path.of("routes/billing/system.yaml")));
        known.addAll(variables(Path.of("routes/metering/system.yaml")));
        known.addAll(variables(Path.of("routes/crm/system.yaml")));

        assertThat(known).contains("SERVER_PORT", "BILLING_URL", "METERING_CERTIFICATE", "ISTHMUS_KAFKA");
        assertThat(hub()).isNotEmpty();
        assertThat(known).containsAll(hub());
    }

    @Test
    void theHubIsToldAllThatItNeeds() throws IOException {
        assertThat(hub())
                .containsAll(Arrays.stream(Setting.values())
                        .filter(Setting::isNeeded)
                        .map(Setting::variable)
                        .filter(variable -> !variable.equals("ISTHMUS_ZONE"))
                        .toList());
    }

    @Test
    void theExampleOfEnvNamesEveryVariableAndHoldsNoSecret() throws IOException {
        Map<String, String> example = Files.readAllLines(Path.of(".env.example")).stream()
                .filter(line -> line.matches("[A-Z_]+=.*"))
                .collect(Collectors.toMap(line -> line.split("=", 2)[0], line -> line.split("=", 2)[1]));

        assertThat(example.keySet()).containsExactlyInAnyOrderElementsOf(variables(COMPOSE));
        assertThat(example).allSatisfy((name, value) -> {
            if (name.matches(".*(PASSWORD|KEY)")) {
                assertThat(value).startsWith("choose-a-");
            }
        });
    }

    private static Set<String> hub() throws IOException {
        Object root = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(COMPOSE));
        Set<String> names = new TreeSet<>();
        child(child(child(root, "services"), "hub"), "environment").keySet().forEach(key -> names.add(key.toString()));
        return names;
    }

    private static Map<?, ?> child(Object node, String key) {
        if (node instanceof Map<?, ?> map && map.get(key) instanceof Map<?, ?> child) {
            return child;
        }
        throw new AssertionError("docker-compose.yml has no " + key);
    }

    private static Set<String> variables(Path file) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.filter(line -> !line.strip().startsWith("#"))
                    .forEach(line -> VARIABLE.matcher(line).results().forEach(found -> names.add(found.group(1))));
        }
        return names;
    }

    /** What Spring Boot and its parts say of themselves in their jars. */
    private static Set<String> springSettings() throws IOException {
        Set<String> names = new TreeSet<>();
        for (URL file : Collections.list(
                ComposeTest.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream in = file.openStream()) {
                new ObjectMapper()
                        .readTree(in)
                        .path("properties")
                        .forEach(property -> names.add(property.path("name")
                                .asText()
                                .replace('.', '_')
                                .replace("-", "")
                                .toUpperCase(Locale.ROOT)));
            }
        }
        return names;
    }
}
