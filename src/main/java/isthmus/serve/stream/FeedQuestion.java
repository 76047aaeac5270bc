package isthmus.serve.stream;

import isthmus.feed.FeedPages;
import isthmus.feed.FeedPosition;
import isthmus.model.Entities;
import isthmus.security.Caller;
import isthmus.serve.Asked;
import isthmus.serve.Form;
import isthmus.serve.Reads.Question;
import isthmus.serve.Refused;
import isthmus.serve.share.Portion;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
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

    /**
     * @param pages where the feed begins and stands
     * @throws Refused when something is not of its form, and names it
     */
    static FeedQuestion of(String entity, HttpServletRequest request, FeedPages pages) {
        if (!Entities.ALL.contains(entity)) {
            throw Refused.unknown("no such entity; there are " + String.join(", ", Entities.ALL));
        }
        boolean isStream = Form.wanted(
                        request.getHeader(HttpHeaders.ACCEPT),
                        MediaType.APPLICATION_NDJSON,
                        MediaType.TEXT_EVENT_STREAM)
                .equals(MediaType.TEXT_EVENT_STREAM);
        Asked asked = Asked.of(request);
        if (isStream && (asked.has("limit") || asked.has("wait"))) {
            throw Refused.parameter(
                    asked.has("limit") ? "limit" : "wait",
                    "is for application/x-ndjson; a stream goes on until its reader leaves");
        }
        String field = field(asked, request.getHeader(LAST_EVENT_ID));
        return new FeedQuestion(
                entity,
                field,
                start(entity, field, asked, request, pages),
                asked.limit(LARGEST, LARGEST).rows(),
                patience(asked.text("wait")),
                consumer(asked.text("consumer"), request),
                isStream);
    }

    /** A stream that comes again says in a header how far it was, and its address still says where it once began. */
    private static String field(Asked asked, @Nullable String lastEvent) {
        if (lastEvent != null) {
            return LAST_EVENT_ID;
        }
        var given = Stream.of("after", "from", "since").filter(asked::has).toList();
        if (given.size() > 1) {
            throw Refused.parameter(given.get(1), "only one of after, from and since");
        }
        return given.isEmpty() ? "from" : given.get(0);
    }

    private static Question<FeedPosition> start(
            String entity, String field, Asked asked, HttpServletRequest request, FeedPages pages) {
        return switch (field) {
            case LAST_EVENT_ID -> behind(entity, field, request.getHeader(LAST_EVENT_ID), Portion.of(request));
            case "after" ->
                "now".equals(asked.text(field))
                        ? pages::now
                        : behind(entity, field, asked.text(field), Portion.of(request));
            case "since" -> since(Objects.requireNonNull(asked.instant(field)), pages);
            default -> beginning(asked.text("from"), pages);
        };
    }

    private static Question<FeedPosition> behind(
            String entity, String field, @Nullable String given, @Nullable Portion portion) {
        FeedPosition position = Optional.ofNullable(given)
                .flatMap(text -> portion == null ? Optional.of(text) : portion.placed(text))
                .flatMap(text -> FeedPosition.of(entity, text))
                .orElseThrow(() -> Refused.position(field, "not a position of the feed of " + entity));
        return connection -> position;
    }

    private static Question<FeedPosition> beginning(@Nullable String given, FeedPages pages) {
        if (given != null && !given.equals("beginning")) {
            throw Refused.parameter("from", "can only be beginning");
        }
        return pages::beginning;
    }

    private static Question<FeedPosition> since(Instant time, FeedPages pages) {
        return connection -> pages.since(connection, time)
                .orElseThrow(() -> Refused.gone("since", "changes of that time are not kept any more"));
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

    /** A name that somebody else is known by would say wrongly how far they are. */
    private static @Nullable String consumer(@Nullable String given, HttpServletRequest request) {
        if (given != null && !given.matches("[a-z0-9-]{1,40}")) {
            throw Refused.parameter("consumer", "1 to 40 of a to z, 0 to 9 and -");
        }
        if (given != null
                && request.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller
                && !caller.mayBeCalled(given)) {
            throw Refused.right("consumer", "begins with the name of the key or the program that asks");
        }
        return given;
    }
}
