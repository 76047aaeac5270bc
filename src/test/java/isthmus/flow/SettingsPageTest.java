package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;

/** config/README.md is written from {@link Setting} ({@code -Dgolden=write}), and {@link Setting} says what the code asks for. */
class SettingsPageTest {
    private static final Path PAGE = Path.of("config/README.md");
    private static final Pattern ASKED = Pattern.compile("\\$\\{(isthmus\\.[a-z.]+)(:(.*))?}");

    @Test
    void thePageOfSettingsIsWhatTheCodeSays() throws IOException {
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page());
    }

    @Test
    void everySettingThatTheCodeAsksForIsListedWithTheSameDefault() {
        Map<String, String> listed = new TreeMap<>();
        for (Setting setting : Setting.values()) {
            listed.put(setting.key(), String.valueOf(setting.otherwise()));
        }
        Map<String, String> asked = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("isthmus")) {
            executables(type.reflect())
                    .flatMap(executable -> Arrays.stream(executable.getParameters()))
                    .forEach(parameter -> note(parameter, asked));
        }

        assertThat(asked)
                .isNotEmpty()
                .allSatisfy((key, otherwise) -> assertThat(listed).containsEntry(key, otherwise));
    }

    @Test
    void everyListedSettingIsAskedForSomewhere() throws IOException {
        String code;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            code = files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("Setting.java"))
                    .map(SettingsPageTest::read)
                    .collect(Collectors.joining());
        }

        assertThat(Setting.values())
                .filteredOn(setting -> setting != Setting.ORG)
                .allSatisfy(setting -> assertThat(code).containsPattern(Pattern.quote(setting.key()) + "[:}\"]"));
    }

    private static Stream<Executable> executables(Class<?> type) {
        return Stream.concat(Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredConstructors()));
    }

    private static void note(Parameter parameter, Map<String, String> asked) {
        Value value = parameter.getAnnotation(Value.class);
        Matcher matcher = ASKED.matcher(value == null ? "" : value.value());
        if (matcher.matches()) {
            asked.put(matcher.group(1), String.valueOf(matcher.group(3)));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }

    private static String page() {
        return """
                # Settings of the hub

                Generated from `isthmus.flow.Setting`. A setting stands in `application.yaml` here, or in the environment, which wins. A key
                that is not listed, or a value that is not of its kind, is a fault with file and line, and nothing is started.
                Durations are ISO 8601: `PT30S`, `PT15M`. No time-out may be endless. The time-outs towards a legacy system stand in
                its `system.yaml` ([routes/README.md](../routes/README.md)). `server.*`, `management.*` and `logging.*` are Spring Boot's.
                A secret is never written here: `${NAME}`, `${file:/run/secrets/name}` and `${keystore:name}` stand for it ([docs/secrets.md](../docs/secrets.md)).

                | setting | environment | default | what it says |
                |---|---|---|---|
                """
                + Arrays.stream(Setting.values())
                        .map(setting -> "| `%s` | %s | %s | %s |%n"
                                .formatted(setting.key(), environment(setting), otherwise(setting), setting.meaning()))
                        .collect(Collectors.joining());
    }

    private static String environment(Setting setting) {
        return switch (setting.said()) {
            case FILE -> "only in the file";
            case COMMAND -> "only by the command";
            case ENVIRONMENT -> "`" + setting.variable() + "`, only there";
            default -> "`" + setting.variable() + "`";
        };
    }

    private static String otherwise(Setting setting) {
        String text = setting.otherwise();
        if (text == null) {
            return setting.said() == Setting.Said.COMMAND ? "" : "none, must be said";
        }
        return text.isEmpty() ? "empty" : "`" + text + "`";
    }
}
