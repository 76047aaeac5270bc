package isthmus.catalog;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Resolves a connection: the one place where {@code ${NAME}} stands for an environment variable. */
final class ConnectionReader {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)}");
    private static final Set<String> SECRETS = Set.of("password", "token", "secret", "privateKey", "passphrase");
    private static final Set<String> DURATIONS = Set.of("connectTimeout", "readTimeout");
    /** Parameters that make a driver load classes, read files or write logs of somebody else's choice. */
    private static final Pattern HOSTILE_URL = Pattern.compile(
            "(?i)(socketFactory|sslfactory|loggerFile|autoDeserialize|allowLoadLocalInfile|allowLocalInfile"
                    + "|queryInterceptors|init=|runscript|jndi|ldap:|rmi:)");

    private final Section section;
    private final @Nullable Transport transport;
    private final Function<String, @Nullable String> environment;

    ConnectionReader(Section section, @Nullable Transport transport, Function<String, @Nullable String> environment) {
        this.section = section;
        this.transport = transport;
        this.environment = environment;
    }

    Map<String, String> read() {
        Map<String, String> connection = new LinkedHashMap<>();
        for (String key : section.keys()) {
            String text = section.text(key);
            if (text != null) {
                refuseLiteralSecrets(key, text);
                connection.put(key, resolve(key, text));
            }
        }
        if (transport != null) {
            checkKeys(connection, transport);
        }
        for (String key : DURATIONS) {
            if (!section.text(key, "").contains("${")) {
                SystemReader.duration(section, key, Duration.ZERO);
            }
        }
        checkUrl(connection.getOrDefault("url", ""));
        return connection;
    }

    private void checkKeys(Map<String, String> connection, Transport transport) {
        for (String key : transport.connectionRequired()) {
            if (!section.has(key)) {
                section.problem(key, "connection misses " + key, "needed by transport " + transport.code());
            }
        }
        for (String key : connection.keySet()) {
            if (!transport.connectionRequired().contains(key)
                    && !transport.connectionOptional().contains(key)) {
                section.problem(
                        key,
                        "unknown field " + key,
                        "known here: " + transport.connectionRequired() + " " + transport.connectionOptional());
            }
        }
    }

    private void refuseLiteralSecrets(String key, String text) {
        if (SECRETS.contains(key) && !VARIABLE.matcher(text).matches()) {
            section.problem(key, key + " is written out", "write ${NAME} and set it in the environment");
        }
        if (text.matches("(?i).*(password|pwd)=[^$].*") || text.matches("[a-z0-9+:]+://[^/@$]+:[^/@$]+@.*")) {
            section.problem(key, key + " holds a password", "write ${NAME} and set it in the environment");
        }
    }

    private String resolve(String key, String text) {
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            String value = environment.apply(name);
            if (value == null) {
                section.problem(key, "environment variable " + name + " is not set", "export " + name + "=…");
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(value == null ? "" : value));
        }
        matcher.appendTail(out);
        return out.toString();
    }

    private void checkUrl(String url) {
        if (url.isEmpty() || url.contains("${") || transport == null) {
            return;
        }
        if (!transport.allowsUrl(url)) {
            section.problem("url", "not a URL that transport " + transport.code() + " may open", transport.urlHint());
        }
        Matcher hostile = HOSTILE_URL.matcher(url);
        if (hostile.find()) {
            section.problem("url", "the URL holds " + hostile.group(), "it is not allowed to load or run anything");
        }
    }
}
