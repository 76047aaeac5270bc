package isthmus.serve.views;

import isthmus.serve.Refused;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** In which steps readings are told, and how many days of them one answer may have. */
enum Steps {
    INTERVALS(400),
    DAYS(3_700),
    MONTHS(3_700);

    final int mostDays;

    Steps(int mostDays) {
        this.mostDays = mostDays;
    }

    /** Days, when nothing else is said. */
    static Steps of(@Nullable String as) {
        return as == null
                ? DAYS
                : Arrays.stream(values())
                        .filter(steps -> steps.word().equals(as))
                        .findFirst()
                        .orElseThrow(() -> Refused.parameter(
                                "as",
                                "one of "
                                        + Arrays.stream(values())
                                                .map(Steps::word)
                                                .collect(Collectors.joining(", "))));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
