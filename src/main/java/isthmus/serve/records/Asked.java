package isthmus.serve.records;

import isthmus.serve.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of a question: each one known, given once, and of its form. */
public final class Asked {
    private static final int LONGEST = 1_000;
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,39}");

    private final Map<String, String[]> given;

    private Asked(Map<String, String[]> given) {
        this.given = given;
    }

    /** Refuses what is not known: a filter that is silently passed over gives a wrong answer. */
    public static Asked of(HttpServletRequest request, Collection<String> known) {
        return of(request.getParameterMap(), known);
    }

    static Asked of(Map<String, String[]> given, Collection<String> known) {
        given.forEach((name, values) -> {
            if (!known.contains(name)) {
                throw Refused.parameter(
                        PLAIN_NAME.matcher(name).matches() ? name : "query",
                        "not a parameter of this address; "
                                + (known.isEmpty() ? "it has none" : "there are " + String.join(", ", known)));
            }
            if (values.length > 1) {
                throw Refused.parameter(name, "given more than once");
            }
            String value = values[0];
            if (value.isEmpty() || value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
                throw Refused.parameter(name, "one to 1000 characters, none of them a control character");
            }
        });
        return new Asked(given);
    }

    public boolean has(String name) {
        return given.containsKey(name);
    }

    public @Nullable String text(String name) {
        String[] values = given.get(name);
        return values == null ? null : values[0];
    }

    public @Nullable LocalDate date(String name) {
        String text = text(name);
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException form) {
            throw Refused.parameter(name, "a date, yyyy-MM-dd");
        }
    }

    /** An RFC 3339 instant; a plus that nobody encoded arrives as a blank, and is meant. */
    public @Nullable Instant instant(String name) {
        String text = text(name);
        try {
            return text == null
                    ? null
                    : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeException form) {
            throw Refused.parameter(name, "an RFC 3339 instant with its offset, 2026-11-22T00:00:00+08:00");
        }
    }
}
