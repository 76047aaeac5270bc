package isthmus.serve;

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
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Map<String, String[]> given;

    private Asked(Map<String, String[]> given) {
        this.given = given;
    }

    /**
     * How many an answer may hold.
     *
     * @param clamped true when more were asked for
     */
    public record Limit(int rows, boolean clamped) {}

    /** Of an address that has declared what it knows; {@link Declared} has refused the rest. */
    public static Asked of(HttpServletRequest request) {
        return of(request.getParameterMap());
    }

    /** Of an address that knows fewer than it has declared. */
    public static Asked of(HttpServletRequest request, Collection<String> known) {
        refuseOthers(request.getParameterMap(), known);
        return of(request.getParameterMap());
    }

    public static Asked of(Map<String, String[]> given) {
        given.forEach((name, values) -> {
            if (values[0].isEmpty()) {
                throw Refused.parameter(name, "one to 1000 characters, or not at all");
            }
        });
        return new Asked(given);
    }

    /** Refuses what is not known: a filter that is silently passed over gives a wrong answer. */
    static void refuseOthers(Map<String, String[]> given, Collection<String> known) {
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
            if (values[0].length() > LONGEST || values[0].chars().anyMatch(Character::isISOControl)) {
                throw Refused.parameter(name, "one to 1000 characters, none of them a control character");
            }
        });
    }

    public boolean has(String name) {
        return given.containsKey(name);
    }

    public @Nullable String text(String name) {
        String[] values = given.get(name);
        return values == null ? null : values[0];
    }

    /** True or false, which it is where nothing is said. */
    public boolean flag(String name) {
        String text = text(name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw Refused.parameter(name, "true or false");
        }
        return "true".equals(text);
    }

    /** The parameter {@code limit}; more than {@code most} is no fault. */
    public Limit limit(int usual, int most) {
        String text = text("limit");
        if (text == null) {
            return new Limit(usual, false);
        }
        if (!NUMBER.matcher(text).matches() || Long.parseLong(text) == 0) {
            throw Refused.parameter("limit", "a whole number from 1; more than " + most + " is taken as that");
        }
        long wanted = Long.parseLong(text);
        return new Limit((int) Math.min(wanted, most), wanted > most);
    }

    /** The parameter {@code after} of a list by number, as its {@code next} said. */
    public long after(long otherwise) {
        String text = text("after");
        if (text == null) {
            return otherwise;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw Refused.position("after", "what next said in the answer to the same question");
        }
        return Long.parseLong(text);
    }

    /** A whole number from 0 on. */
    public long number(String name, long otherwise) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw Refused.parameter(name, "a whole number from 0 on");
        }
        return Long.parseLong(text);
    }

    public @Nullable LocalDate date(String name) {
        String text = text(name);
        return text == null ? null : date(name, text);
    }

    /** A day of the years 1900 to 2199: others are slips, and some the store does not know. */
    public static LocalDate date(String name, String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() < 1900 || day.getYear() > 2199) {
                throw Refused.parameter(name, "a day of the years 1900 to 2199");
            }
            return day;
        } catch (DateTimeException form) {
            throw Refused.parameter(name, "a day, yyyy-MM-dd");
        }
    }

    /** An RFC 3339 instant of the years 1970 to 9999; a plus that nobody encoded arrives as a blank, and is meant. */
    public @Nullable Instant instant(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        String form = "an RFC 3339 instant with its offset, 2026-11-22T00:00:00+08:00";
        try {
            OffsetDateTime time = OffsetDateTime.parse(text.replace(' ', '+'));
            if (time.getYear() < 1970 || time.getYear() > 9999) {
                throw Refused.parameter(name, form);
            }
            return time.toInstant();
        } catch (DateTimeException unreadable) {
            throw Refused.parameter(name, form);
        }
    }

    /** A {@link #date} that must be said. */
    public LocalDate day(String name) {
        LocalDate day = date(name);
        if (day == null) {
            throw Refused.parameter(name, "a day, yyyy-MM-dd, must be said");
        }
        return day;
    }
}
