package isthmus.serve.exports;

import isthmus.serve.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/** In which form an export is had. */
enum ExportFormat {
    JSONL("application/x-ndjson"),
    CSV("text/csv;charset=utf-8"),
    PARQUET("application/vnd.apache.parquet");

    private final MediaType type;

    ExportFormat(String type) {
        this.type = MediaType.parseMediaType(type);
    }

    /** The one that is named; else the first that the client accepts, lines for one who says nothing. */
    static ExportFormat of(@Nullable String name, @Nullable String accept) {
        if (name != null) {
            return Arrays.stream(values())
                    .filter(format -> format.code().equals(name))
                    .findFirst()
                    .orElseThrow(() -> Refused.parameter("format", "one of " + codes()));
        }
        if (accept == null || accept.isBlank()) {
            return JSONL;
        }
        return accepted(accept).stream()
                .flatMap(wanted -> Arrays.stream(values()).filter(format -> wanted.includes(format.type)))
                .findFirst()
                .orElseThrow(() -> Refused.accept("there are "
                        + Arrays.stream(values())
                                .map(format -> format.type.getType() + "/" + format.type.getSubtype())
                                .collect(Collectors.joining(", "))));
    }

    private static List<MediaType> accepted(String accept) {
        try {
            List<MediaType> accepted = MediaType.parseMediaTypes(accept);
            accepted.removeIf(wanted -> wanted.getQualityValue() == 0);
            MimeTypeUtils.sortBySpecificity(accepted);
            return accepted;
        } catch (InvalidMediaTypeException unreadable) {
            throw Refused.accept("not a list of media types");
        }
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
