package isthmus.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lends a folder that the demo does not know the demo's own system of the same transport, so that an example runs at once. */
final class Borrowed {
    private static final Pattern TRANSPORT = Pattern.compile("(?m)^transport:\\s*([a-z]+)");
    private static final Pattern VARIABLE = Pattern.compile("(?m)^\\s+([A-Za-z]+):\\s*\"\\$\\{([A-Z][A-Z0-9_]*)}\"");

    private Borrowed() {}

    /** The demo's environment, and beside it every variable of other folders that has a counterpart. */
    static Map<String, Object> environment(Home home, Path data, Map<String, Object> demo) {
        Map<String, Object> all = new LinkedHashMap<>(demo);
        Map<String, Map<String, String>> lenders = new LinkedHashMap<>();
        for (Path folder : home.systems()) {
            Map<String, String> settings = settings(folder);
            if (!settings.isEmpty() && demo.keySet().containsAll(settings.values())) {
                lenders.put(transport(folder), settings);
            }
        }
        for (Path folder : home.systems()) {
            Map<String, String> lender = lenders.getOrDefault(transport(folder), Map.of());
            settings(folder).forEach((setting, variable) -> {
                Object lent = demo.get(lender.getOrDefault(setting, ""));
                if (lent == null && setting.equals("folder")) {
                    lent = data.resolve("sftp").toString();
                }
                if (lent != null && System.getenv(variable) == null) {
                    all.putIfAbsent(variable, lent);
                }
            });
        }
        return all;
    }

    private static String transport(Path folder) {
        Matcher transport = TRANSPORT.matcher(card(folder));
        return transport.find() ? transport.group(1) : "";
    }

    private static Map<String, String> settings(Path folder) {
        Map<String, String> settings = new LinkedHashMap<>();
        Matcher variable = VARIABLE.matcher(card(folder));
        while (variable.find()) {
            settings.put(variable.group(1), variable.group(2));
        }
        return settings;
    }

    private static String card(Path folder) {
        Path file = folder.resolve("system.yaml");
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : "";
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
