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
    private static final Set<String> DURATIONS = Set.of("connectTimeout", "readTimeout");
    /** Parameters that make a driver load classes, read files or write logs of somebody else's choice. */
    private static final Pattern HOSTILE_URL = Pattern.compile(
            "(?i)(socketFactory|sslfactory|preferQueryMode|loggerFile|autoDeserialize|allowLoadLocalInfile|allowLocalInfile"
                    + "|queryInterceptors|init=|runscript|jndi|ldap:|rmi:|tlsSocketType|sslpasswordcallback"
                    + "|sslhostnameverifier|authenticationPluginClassName|credentialType|serverRsaPublicKeyFile"
                    + "|traceFile|traceDirectory|trace_level_file|[?&]service=)");
    /** Where machines of a cloud are told their secrets; no legacy system is there. */
    private static final Pattern OWN_LINK = Pattern.compile(
            "(?i)^https?://(?:[^/?#]*@)?(\\[fe[89ab][0-9a-f]:[^/]*|169\\.254\\.[0-9.]+|[0-9]+|0x[0-9a-f.x]+"
                    + "|metadata(?:\\.google\\.internal)?)(?:[:/?#]|$)");

    private final Section section;
    private final @Nullable Transport transport;
    private final Variables variables;

    ConnectionReader(Section section, @Nullable Transport transport, Function<String, @Nullable String> environment) {
        this.section = section;
        this.transport = transport;
        this.variables = new Variables(environment);
    }

    Map<String, String> read() {
        Map<String, String> connection = new LinkedHashMap<>();
        for (String key : section.keys()) {
            String text = section.text(key);
            if (text != null) {
                connection.put(key, variables.resolve(section, key, text));
            }
        }
        if (transport != null) {
            checkKeys(connection, transport);
            Proof.check(section, transport, connection);
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
            String hint = "needed by transport " + transport.code();
            if (!section.has(key)) {
                section.problem(key, "connection misses " + key, hint);
            } else if (transport.isOfFiles() && "".equals(connection.get(key))) {
                String text = section.text(key, "");
                // A variable without another value has been told already.
                if (!Variables.isOne(text) || text.contains(":-")) {
                    section.problem(key, key + " is empty", Variables.hint(text, hint));
                }
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

    private void checkUrl(String url) {
        if (url.isEmpty() || url.contains("${") || transport == null) {
            return;
        }
        if (!transport.allowsUrl(url)) {
            section.problem("url", "not a URL that transport " + transport.code() + " may open", transport.urlHint());
        }
        Matcher local = OWN_LINK.matcher(url);
        if (local.find()) {
            section.problem("url", "no legacy system is at " + local.group(1), "the system's own name or address");
        }
        String hostile = hostile(url);
        if (hostile != null) {
            section.problem("url", "the URL holds " + hostile, "it is not allowed to load or run anything");
        }
    }

    static @Nullable String hostile(String url) {
        Matcher hostile = HOSTILE_URL.matcher(url);
        return hostile.find() ? hostile.group() : null;
    }
}
