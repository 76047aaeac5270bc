package isthmus.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The formats of files: what each must and may be told, and whether a file of it shows by itself that it is complete. */
enum FileFormat {
    DELIMITED(false, List.of(), List.of("header", "detail", "trailer", "control", "delimiter", "multiline")),
    FIXED(false, List.of(), List.of("header", "detail", "trailer")),
    XML(true, List.of("record"), List.of("days", "time", "until", "position", "start", "end", "interval")),
    JSON(true, List.of("record"), List.of("days", "time", "until", "position", "start", "end", "interval")),
    JSONL(false, List.of(), List.of()),
    XLSX(true, List.of(), List.of("sheet", "header")),
    NEM12(true, List.of(), List.of()),
    NEM13(true, List.of(), List.of()),
    ESPI(true, List.of(), List.of("days", "time", "until")),
    MSCONS(true, List.of(), List.of("days", "time", "until"));

    /** What every pull of files is told. */
    static final List<String> REQUIRED = List.of("directory", "archive", "refused", "pattern");

    private static final List<String> COMMON = List.of("done", "format", "member", "chunk");

    private final boolean showsItsEnd;
    private final List<String> required;
    private final List<String> optional;

    FileFormat(boolean showsItsEnd, List<String> required, List<String> optional) {
        this.showsItsEnd = showsItsEnd;
        this.required = required;
        this.optional = optional;
    }

    /** Every setting that a pull of files may have, whatever its format. */
    static List<String> settings() {
        return Stream.concat(
                        COMMON.stream(),
                        Arrays.stream(values())
                                .flatMap(format -> Stream.concat(format.required.stream(), format.optional.stream())))
                .distinct()
                .toList();
    }

    static void check(Pull pull, Section settings) {
        String word = settings.text("format", "delimited");
        FileFormat format = named(word);
        if (format == null) {
            String known = Arrays.stream(values()).map(FileFormat::code).collect(Collectors.joining(", "));
            settings.problem("format", "unknown format " + word, "one of " + known);
            return;
        }
        for (String key : format.required) {
            if (!settings.has(key)) {
                settings.problem(key, "settings of pull " + pull.name() + " miss " + key, "needed by format " + word);
            }
        }
        for (String key : settings.keys()) {
            boolean isKnown = REQUIRED.contains(key)
                    || COMMON.contains(key)
                    || format.required.contains(key)
                    || format.optional.contains(key);
            if (!isKnown && settings().contains(key)) {
                settings.problem(key, key + " says nothing to format " + word, "delete it");
            }
        }
        if (!format.showsItsEnd && !settings.has("done") && !settings.has("trailer")) {
            settings.problem(
                    "done", "nothing says when a file is complete", "give done: .done, or trailer: T,count,sum");
        }
        new FormatCheck(pull, settings).check(word);
        String control = settings.text("control");
        if (control != null && pull.layout().indexOf(control) < 0) {
            settings.problem("control", "control column " + control + " is not in columns", "add it there");
        }
    }

    private static @Nullable FileFormat named(String code) {
        return Arrays.stream(values())
                .filter(format -> format.code().equals(code))
                .findFirst()
                .orElse(null);
    }

    private String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
