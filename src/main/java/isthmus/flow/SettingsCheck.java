package isthmus.flow;

import isthmus.catalog.CatalogReader;
import isthmus.catalog.Problems;
import isthmus.feed.Webhook;
import isthmus.security.Fingerprints;
import isthmus.security.seal.MasterKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

/** Looks for settings that are missing, that nobody knows, or whose value is not of their kind. */
final class SettingsCheck {
    private static final String ROOT = "isthmus";
    private static final String ENVIRONMENT = "environment";
    private static final String REFERENCE = "mount the file, or isthmus secret set the name";
    /** What .env.example says. */
    private static final Pattern EXAMPLE = Pattern.compile("choose-a-.*|change-?me");

    /** Where a key was written. */
    private record Place(String file, int line) {}

    private final Environment environment;
    private final Problems problems = new Problems();
    private final Map<String, Place> written = new HashMap<>();
    private boolean isResolved = true;

    SettingsCheck(Environment environment) {
        this.environment = environment;
    }

    /** Every fault of the folder's {@code application*.yaml} and of the environment. */
    List<String> faults(Path config) {
        files(config).forEach(this::read);
        for (Setting setting : Setting.values()) {
            check(setting);
        }
        if (isResolved) {
            address();
            store();
            new SignInCheck(environment).faults().forEach((key, wanted) -> {
                Place place = written.getOrDefault(key, new Place(ENVIRONMENT, 0));
                problems.add(place.file, place.line, key + " does not go with the rest", wanted);
            });
        }
        return problems.all();
    }

    private void check(Setting setting) {
        Place place = written.getOrDefault(setting.key(), new Place(ENVIRONMENT, 0));
        if (setting.said() == Setting.Said.ENVIRONMENT && written.containsKey(setting.key())) {
            String hint = "set " + setting.variable() + ": commands need it before they read this file";
            problems.add(place.file, place.line, setting.key() + " does not stand in a file", hint);
        }
        String value;
        try {
            value = environment.getProperty(setting.key());
        } catch (PlaceholderResolutionException fault) {
            // Its own sentence repeats the text around the placeholder.
            unresolved(place, setting, "it refers to something that is not there");
            return;
        } catch (IllegalArgumentException missing) {
            unresolved(place, setting, String.valueOf(missing.getMessage()));
            return;
        }
        if ((value == null || value.isBlank()) && setting.isNeeded()) {
            problems.add(place.file, place.line, "missing " + setting.variable(), setting.meaning());
        } else if (value != null && isEverybodys(value)) {
            String hint = "an example's value is everybody's: choose another one";
            problems.add(place.file, place.line, setting.key() + " was not chosen", hint);
        } else if (value != null && setting.wanted(value) != null) {
            problems.add(
                    place.file,
                    place.line,
                    setting.key() + " is not what it must be: " + value,
                    String.valueOf(setting.wanted(value)));
        }
    }

    /** The demo's own key is everybody's too; its store never leaves this machine. */
    private boolean isEverybodys(String value) {
        String store = environment.getProperty(Setting.STORE_URL.key(), "");
        return EXAMPLE.matcher(value).matches()
                || ((value.equals(Fingerprints.NOBODYS) || value.equals(MasterKeys.NOBODYS))
                        && !ClearTextHealth.isHere(store.replaceFirst("^jdbc:", "")));
    }

    private void unresolved(Place place, Setting setting, String what) {
        isResolved = false;
        problems.add(place.file, place.line, setting.key() + ": " + what, REFERENCE);
    }

    /** The URL may hold a password and is not told. */
    private void store() {
        String danger = CatalogReader.danger(environment.getProperty(Setting.STORE_URL.key(), ""));
        if (danger != null) {
            Place place = written.getOrDefault(Setting.STORE_URL.key(), new Place(ENVIRONMENT, 0));
            problems.add(
                    place.file,
                    place.line,
                    Setting.STORE_URL.key() + " holds " + danger,
                    "jdbc:postgresql://host:port/name, without what loads or runs something, and without a password");
        }
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
                fetched(file, path, line);
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

    /** Spring's own settings may refer to secrets too, and it would not say where. */
    private void fetched(Path file, String path, int line) {
        try {
            environment.getProperty(path);
        } catch (PlaceholderResolutionException later) {
            // Some of what Spring's settings refer to is there only when it reads them.
        } catch (IllegalArgumentException missing) {
            isResolved = false;
            problems.add(file.toString(), line, path + ": " + missing.getMessage(), REFERENCE);
        }
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
