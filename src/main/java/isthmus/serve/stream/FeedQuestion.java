package isthmus.serve.stream;

import isthmus.feed.FeedPages;
import isthmus.feed.FeedPosition;
import isthmus.model.Entities;
import isthmus.serve.Reads.Question;
import isthmus.serve.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * What is asked of the feed.
 *
 * @param field what says where to begin, as it is named to whoever said it wrongly
 * @param start finds where to begin
 * @param limit events at most; of a stream there is no end
 * @param patience for the first event, when there is none
 * @param consumer the name that the reader has given itself
 * @param isStream Server-Sent Events rather than JSON Lines
 */
record FeedQuestion(
        String entity,
        String field,
        Question<FeedPosition> start,
        int limit,
        Duration patience,
        @Nullable String consumer,
        boolean isStream) {
    static final int LARGEST = 100_000;

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Set<String> PARAMETERS = Set.of("after", "from", "since", "limit", "wait", "consumer");
    private static final FeedPages PAGES = new FeedPages();

    /** @throws Refused when something is not of its form, and names it */
    static FeedQuestion of(String entity, HttpServletRequest request) {
        if (!Entities.ALL.contains(entity)) {
            throw Refused.unknown("no such entity; there are " + String.join(", ", Entities.ALL));
        }
        request.getParameterMap().forEach((name, values) -> {
            if (!PARAMETERS.contains(name)) {
                throw Refused.parameter("query", "has after, from, since, limit, wait and consumer");
            }
            if (values.length > 1) {
                throw Refused.parameter(name, "only once");
            }
        });
        boolean isStream = isStream(request.getHeader(HttpHeaders.ACCEPT));
        if (isStream && (request.getParameter("limit") != null || request.getParameter("wait") != null)) {
            throw Refused.parameter(
                    request.getParameter("limit") != null ? "limit" : "wait",
                    "is for application/x-ndjson; a stream goes on until its reader leaves");
        }
        String field = field(request);
        return new FeedQuestion(
                entity,
                field,
                start(entity, field, request),
                limit(request.getParameter("limit")),
                patience(request.getParameter("wait")),
                consumer(request.getParameter("consumer")),
                isStream);
    }

    /** Whoever says nothing gets lines. */
    private static boolean isStream(@Nullable String accept) {
        if (accept == null || accept.isBlank()) {
            return false;
        }
        try {
            var wanted = MediaType.parseMediaTypes(accept);
            // The more exactly asked for comes first, whatever the order in the header.
            wanted.sort((one, other) -> Double.compare(other.getQualityValue(), one.getQualityValue()));
            for (MediaType type : wanted) {
                if (type.includes(MediaType.APPLICATION_NDJSON)) {
                    return false;
                }
                if (type.includes(MediaType.TEXT_EVENT_STREAM)) {
                    return true;
                }
            }
        } catch (InvalidMediaTypeException unreadable) {
            // As one that cannot be had.
        }
        throw Refused.accept("there are application/x-ndjson and text/event-stream");
    }

    /** A stream that comes again says in a header how far it was, and its address still says where it once began. */
    private static String field(HttpServletRequest request) {
        if (request.getHeader(LAST_EVENT_ID) != null) {
            return LAST_EVENT_ID;
        }
        var given = Stream.of("after", "from", "since")
                .filter(name -> request.getParameter(name) != null)
                .toList();
        if (given.size() > 1) {
            throw Refused.parameter(given.get(1), "only one of after, from and since");
        }
        return given.isEmpty() ? "from" : given.get(0);
    }

    private static Question<FeedPosition> start(String entity, String field, HttpServletRequest request) {
        return switch (field) {
            case LAST_EVENT_ID -> behind(entity, field, request.getHeader(LAST_EVENT_ID));
            case "after" ->
                request.getParameter(field).equals("now")
                        ? PAGES::now
                        : behind(entity, field, request.getParameter(field));
            case "since" -> since(request.getParameter(field));
            default -> beginning(request.getParameter("from"));
        };
    }

    private static Question<FeedPosition> behind(String entity, String field, String given) {
        FeedPosition position = FeedPosition.of(entity, given)
                .orElseThrow(() -> Refused.position(field, "not a position of the feed of " + entity));
        return connection -> position;
    }

    private static Question<FeedPosition> beginning(@Nullable String given) {
        if (given != null && !given.equals("beginning")) {
            throw Refused.parameter("from", "can only be beginning");
        }
        return PAGES::beginning;
    }

    private static Question<FeedPosition> since(String given) {
        String form = "a time as RFC 3339 has it, for example 2026-11-21T02:00:00Z";
        try {
            // A plus that was not encoded arrives as a space.
            OffsetDateTime time = OffsetDateTime.parse(given.replace(' ', '+'));
            if (time.getYear() < 1970 || time.getYear() > 9999) {
                throw Refused.parameter("since", form);
            }
            return connection -> PAGES.since(connection, time.toInstant())
                    .orElseThrow(() -> Refused.gone("since", "changes of that time are not kept any more"));
        } catch (DateTimeException unreadable) {
            throw Refused.parameter("since", form);
        }
    }

    private static int limit(@Nullable String given) {
        if (given == null) {
            return LARGEST;
        }
        if (!given.matches("[1-9][0-9]{0,17}")) {
            throw Refused.parameter("limit", "a whole number from 1; more than " + LARGEST + " is taken as that");
        }
        return (int) Math.min(LARGEST, Long.parseLong(given));
    }

    private static Duration patience(@Nullable String given) {
        try {
            Duration wait = given == null ? Duration.ZERO : Duration.parse(given);
            if (wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
                throw Refused.parameter("wait", "from PT0S to PT60S");
            }
            return wait;
        } catch (DateTimeException unreadable) {
            throw Refused.parameter("wait", "a duration, for example PT30S");
        }
    }

    private static @Nullable String consumer(@Nullable String given) {
        if (given != null && !given.matches("[a-z0-9-]{1,40}")) {
            throw Refused.parameter("consumer", "1 to 40 of a to z, 0 to 9 and -");
        }
        return given;
    }
}
