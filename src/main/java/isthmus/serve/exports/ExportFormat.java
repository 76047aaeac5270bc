package isthmus.serve.exports;

import isthmus.serve.Form;
import isthmus.serve.Refused;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** In which form an export is had. */
enum ExportFormat {
    JSONL("application/x-ndjson"),
    CSV("text/csv;charset=utf-8"),
    PARQUET("application/vnd.apache.parquet");

    private final MediaType type;

    ExportFormat(String type) {
        this.type = MediaType.parseMediaType(type);
    }

    /** The one that is named; else the one that the client likes best, lines for one who says nothing. */
    static ExportFormat of(@Nullable String name, @Nullable String accept) {
        if (name != null) {
            return Arrays.stream(values())
                    .filter(format -> format.code().equals(name))
                    .findFirst()
                    .orElseThrow(() -> Refused.parameter("format", "one of " + codes()));
        }
        MediaType wanted = Form.wanted(
                accept, Arrays.stream(values()).map(ExportFormat::type).toArray(MediaType[]::new));
        return Arrays.stream(values())
                .filter(format -> format.type.equals(wanted))
                .findFirst()
                .orElseThrow();
    }

    private static String codes() {
        return Arrays.stream(values()).map(ExportFormat::code).collect(Collectors.joining(", "));
    }

    /** As it stands in an address and behind a file's dot. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    MediaType type() {
        return type;
    }
}
