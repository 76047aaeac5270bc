package isthmus.flow;

import isthmus.catalog.CatalogReader;
import isthmus.catalog.Problems;
import isthmus.feed.Webhook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;

/** Looks for settings that are missing, that nobody knows, or whose value is not of their kind. */
final class SettingsCheck {
    private static final String ROOT = "isthmus";
    private static final String ENVIRONMENT = "environment";

    /** Where a key was written. */
    private record Place(String file, int line) {}

    private final Environment environment;
    private final Problems problems = new Problems();
    private final Map<String, Place> written = new HashMap<>();

    SettingsCheck(Environment environment) {
        this.environment = environment;
    }

    /** Every fault of the folder's {@code application*.yaml} and of the environment. */
    List<String> faults(Path config) {
        files(config).forEach(this::read);
        for (Setting setting : Setting.values()) {
            String value = environment.getProperty(setting.key());
            Place place = written.getOrDefault(setting.key(), new Place(ENVIRONMENT, 0));
            if ((value == null || value.isBlank()) && setting.isNeeded()) {
                problems.add(place.file, place.line, "missing " + setting.variable(), setting.meaning());
            } else if (value != null && setting.wanted(value) != null) {
                problems.add(
                        place.file,
                        place.line,
                        setting.key() + " is not what it must be: " + value,
                        String.valueOf(setting.wanted(value)));
            }
        }
        address();
        new SignInCheck(environment).faults().forEach((key, wanted) -> {
            Place place = written.getOrDefault(key, new Place(ENVIRONMENT, 0));
            problems.add(place.file, place.line, key + " does not go with the rest", wanted);
        });
        return problems.all();
    }

    /** What it may be depends on another setting; the value may hold a password and is not told. */
    private void address() {
        String value = environment.getProperty(Setting.WEBHOOK.key(), "");
        boolean mayBeClear = "true".equals(environment.getProperty(Setting.WEBHOOK_CLEAR.key()));
        String wanted = value.isBlank() ? null : Webhook.fault(value, mayBeClear);
        if (wanted != null) {
            Place place = written.getOrDefault(Setting.WEBHOOK.key(), new Place(ENVIRONMENT, 0));
            problems.add(place.file, place.line, Setting.WEBHOOK.key() + " is not what it must be", wanted);
        }
    }

    private static List<Path> files(Path config) {
        if (!Files.isDirectory(config)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(config)) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches("application.*\\.ya?ml"))
                    .sorted()
                    .toList();
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot read the settings", fault);
        }
    }

    private void read(Path file) {
        CatalogReader.lines(file).forEach((path, line) -> {
            if (!path.startsWith(ROOT + ".")) {
                return;
            }
            if (Arrays.stream(Setting.values())
                    .anyMatch(setting -> setting.key().equals(path))) {
                written.put(path, new Place(file.toString(), line));
            } else {
                problems.add(file.toString(), line, "unknown setting " + path, hint(path));
            }
        });
    }

    private static String hint(String path) {
        String neighbours = path.substring(0, path.lastIndexOf('.') + 1);
        String known = Arrays.stream(Setting.values())
                .map(Setting::key)
                .filter(key -> key.startsWith(neighbours))
                .collect(Collectors.joining(", "));
        return "known here: " + (known.isEmpty() ? "nothing" : known) + "; config/README.md says what each means";
    }
}
