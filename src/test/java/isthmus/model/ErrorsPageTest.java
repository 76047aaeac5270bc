package isthmus.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/errors.md is written from {@link Reason} ({@code -Dgolden=write}) and must stay equal to it. */
class ErrorsPageTest {
    private static final Path PAGE = Path.of("docs/errors.md");

    @Test
    void thePageOfErrorsIsWhatTheCodeSays() throws IOException {
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page());
    }

    private static String page() {
        return """
                # Reasons: what they mean and what to do

                Generated from `isthmus.model.Reason`. A reason is also the metric label, the filter of `isthmus quarantine ls` and the
                word in an error message. Fate: *reject* = to quarantine with its bytes, neighbours pass; *note*, *warn*, *error* =
                published with a flag in `data.meta.quality`; *retry* = the world failed, retried with back-off, nothing moves;
                *answer* = the `code` of a problem+json answer of the data service; *stop* = configuration or a bug, that route stops.

                | reason | fate | what happened | what to do |
                |---|---|---|---|
                """
                + Arrays.stream(Reason.values())
                        .map(reason -> "| `%s` | %s | %s | %s |%n"
                                .formatted(
                                        reason.code(),
                                        reason.fate().name().toLowerCase(java.util.Locale.ROOT),
                                        reason.cause(),
                                        reason.remedy()))
                        .collect(Collectors.joining());
    }
}
