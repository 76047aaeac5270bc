package isthmus.catalog;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ways into a legacy system: what each needs to be told, and nothing else. */
enum Transport {
    JDBC(
            true,
            List.of("url", "user", "password"),
            List.of("connectTimeout", "readTimeout"),
            List.of(),
            List.of("chunk"),
            "jdbc:(mariadb|postgresql|h2|oracle:thin|sqlserver|db2|dm|kingbase8):.+",
            "jdbc:mariadb, jdbc:postgresql, jdbc:h2, jdbc:oracle:thin, jdbc:sqlserver, jdbc:db2, jdbc:dm or jdbc:kingbase8"),
    SFTP(
            false,
            List.of("host", "port", "user", "password", "hostKey"),
            FileSettings.CONNECTION,
            FileFormat.REQUIRED,
            FileFormat.settings(),
            ".*",
            ""),
    FTPS(
            false,
            List.of("host", "port", "user", "password", "certificate"),
            FileSettings.CONNECTION,
            FileFormat.REQUIRED,
            FileFormat.settings(),
            ".*",
            ""),
    FTP(
            false,
            List.of("host", "port", "user", "password"),
            FileSettings.CONNECTION,
            FileFormat.REQUIRED,
            FileFormat.settings(),
            ".*",
            ""),
    SOAP(
            true,
            List.of("url", "user", "password", "wsdl", "namespace", "service", "port"),
            List.of("certificate", "connectTimeout", "readTimeout", "totalTimeout", "maxBytes"),
            List.of("operation", "record"),
            List.of("messageTime", "nextPageToken", "pageSize"),
            "https?://.+",
            "http:// or https://"),
    FILE(false, List.of("folder"), List.of(), FileFormat.REQUIRED, FileFormat.settings(), ".*", "");

    /** What every transport of files may be told; an enum constant cannot refer to a field of its own class. */
    private static final class FileSettings {
        // A server may move from one to another by a change of transport alone, so each knows the proofs of the others.
        static final List<String> CONNECTION =
                List.of("hostKey", "certificate", "insecure", "connectTimeout", "readTimeout");
    }

    private final boolean hasCursor;
    private final List<String> connectionRequired;
    private final List<String> connectionOptional;
    private final List<String> settingsRequired;
    private final List<String> settingsOptional;
    private final Pattern url;
    private final String urlHint;

    Transport(
            boolean hasCursor,
            List<String> connectionRequired,
            List<String> connectionOptional,
            List<String> settingsRequired,
            List<String> settingsOptional,
            String url,
            String urlHint) {
        this.hasCursor = hasCursor;
        this.connectionRequired = connectionRequired;
        this.connectionOptional = connectionOptional;
        this.settingsRequired = settingsRequired;
        this.settingsOptional = settingsOptional;
        this.url = Pattern.compile(url);
        this.urlHint = urlHint;
    }

    static @Nullable Transport named(String code) {
        return Arrays.stream(values())
                .filter(transport -> transport.code().equals(code))
                .findFirst()
                .orElse(null);
    }

    static String names() {
        return Arrays.stream(values()).map(Transport::code).collect(Collectors.joining(", "));
    }

    String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    boolean isOfFiles() {
        return settingsRequired == FileFormat.REQUIRED;
    }

    boolean hasCursor() {
        return hasCursor;
    }

    List<String> connectionRequired() {
        return connectionRequired;
    }

    List<String> connectionOptional() {
        return connectionOptional;
    }

    List<String> settingsRequired() {
        return settingsRequired;
    }

    List<String> settingsOptional() {
        return settingsOptional;
    }

    boolean allowsUrl(String text) {
        return url.matcher(text).matches();
    }

    String urlHint() {
        return urlHint;
    }

    /** How the file ends that holds a pull's query or request; empty where nothing is asked. */
    String question() {
        return switch (this) {
            case JDBC -> ".sql";
            case SOAP -> ".request.xml";
            case SFTP, FTPS, FTP, FILE -> "";
        };
    }

    /** Checks the settings and the files beside system.yaml that a pull of this transport needs. */
    void check(Pull pull, Section body, Path folder) {
        Section settings = body.section("settings");
        for (String key : settingsRequired) {
            if (!settings.has(key)) {
                settings.problem(key, "settings of pull " + pull.name() + " miss " + key, "needed by " + code());
            }
        }
        for (String key : settings.keys()) {
            if (!settingsRequired.contains(key) && !settingsOptional.contains(key)) {
                settings.problem(
                        key, "unknown field " + key, "known here: " + settingsRequired + " " + settingsOptional);
            }
            if (settings.text(key, "").contains("${")) {
                settings.problem(key, "${…} outside of connection", "only connection is resolved");
            }
        }
        if (!settings.text("chunk", "1").matches("[1-9][0-9]{0,4}")) {
            settings.problem("chunk", "not a number of pieces", "1 to 99999, 5000 when nothing is said");
        }
        switch (this) {
            case JDBC -> checkQuery(pull, body, folder.resolve(pull.name() + question()));
            case SOAP -> checkRequest(pull, body, folder);
            case SFTP, FTPS, FTP, FILE -> checkFiles(pull, settings);
        }
    }

    private static void checkQuery(Pull pull, Section body, Path query) {
        if (!Files.isRegularFile(query)) {
            body.problem("columns", "missing " + query.getFileName(), "the query of pull " + pull.name());
        } else if (pull.question().contains(":?from") != (pull.cursor() != null)) {
            String hint = "a cursor and :?from in the query go together";
            body.problem("cursor", query.getFileName() + " and the cursor do not agree", hint);
        }
        if (pull.children().size() > 1) {
            body.problem("children", "more than one child table in one query", "a second one would multiply rows");
        }
    }

    private void checkRequest(Pull pull, Section body, Path folder) {
        if (!Files.isRegularFile(folder.resolve(pull.name() + question()))) {
            body.problem("settings", "missing " + pull.name() + question(), "what pull " + pull.name() + " asks");
        }
        if (pull.cursor() == null) {
            body.problem("cursor", "pull " + pull.name() + " has no cursor", "cursor: {time: changeTime}");
        }
    }

    private static void checkFiles(Pull pull, Section settings) {
        for (String key : List.of("pattern", "member")) {
            String pattern = settings.text(key, "");
            try {
                Pattern.compile(pattern);
                if (!pattern.isEmpty() && !(pattern.startsWith("^") && pattern.endsWith("$"))) {
                    settings.problem(key, key + " is not anchored", "begin with ^ and end with $");
                }
            } catch (PatternSyntaxException fault) {
                settings.problem(key, key + " is not a regular expression", fault.getDescription());
            }
        }
        FileFormat.check(pull, settings);
    }
}
