package isthmus.serve.stream;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import isthmus.feed.Consumers;
import isthmus.feed.FeedPages;
import isthmus.feed.FeedPages.Page;
import isthmus.feed.FeedPages.Told;
import isthmus.feed.FeedPosition;
import isthmus.serve.Reads;
import isthmus.serve.Refused;
import isthmus.serve.Served;
import isthmus.serve.Sight;
import isthmus.serve.share.Portion;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code /feed/v1/{entity}}: the state, then the changes, from any position; as JSON Lines or as Server-Sent Events. */
@Served
final class FeedAddress {
    private final Reads reads;
    private final FeedPages pages;
    private final Tide tide;
    private final Streams streams;
    private final Consumers consumers;

    FeedAddress(Reads reads, FeedPages pages, Tide tide, Streams streams, Consumers consumers) {
        this.reads = reads;
        this.pages = pages;
        this.tide = tide;
        this.streams = streams;
        this.consumers = consumers;
    }

    @Operation(
            summary =
                    "The feed of an entity over HTTP: the state first if wanted, then every change in order, each with the position to go on from.",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "after",
                        description = "Changes behind this position, or now."),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "from",
                        description = "beginning, the default: the state, then the changes behind it."),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "since",
                        description = "Changes known to the hub since this instant, RFC 3339."),
                @Parameter(in = ParameterIn.QUERY, name = "limit"),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "wait",
                        description = "How long an empty answer waits for a change, at most PT60S.",
                        example = "PT0S"),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "consumer",
                        description = "The name under which /api/v1/consumers shows how far this reader is."),
                @Parameter(in = ParameterIn.HEADER, name = "Last-Event-ID")
            },
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "JSON Lines, or by Accept Server-Sent Events.",
                            content = {
                                @Content(mediaType = "application/x-ndjson"),
                                @Content(mediaType = "text/event-stream")
                            }))
    @GetMapping("/feed/v1/{entity}")
    void feed(@PathVariable String entity, HttpServletRequest request, HttpServletResponse response) {
        FeedQuestion question = FeedQuestion.of(entity, request, pages);
        if (request.getMethod().equals(HttpMethod.HEAD.name())) {
            headers(question, response);
        } else {
            Reader reader = new Reader(question, Sight.of(request), Portion.of(request));
            streams.open(request, () -> prepared(question, reader, response));
        }
    }

    private Streams.Answer prepared(FeedQuestion question, Reader reader, HttpServletResponse response) {
        Page first = reads.together(
                connection -> reader.page(connection, question.start().ask(connection), question.limit()));
        headers(question, response);
        return question.isStream()
                ? () -> new EventStream(reader, response.getOutputStream()).write(first)
                : () -> new JsonLines(reader, question, response.getOutputStream()).write(first);
    }

    private Page page(Connection connection, FeedQuestion question, FeedPosition from, int limit) throws SQLException {
        FeedPages.Refusal refusal = pages.refusal(connection, from).orElse(null);
        if (refusal == FeedPages.Refusal.PRUNED) {
            throw Refused.gone(question.field(), "the changes behind that position are not kept any more");
        }
        if (refusal == FeedPages.Refusal.NEVER_GIVEN) {
            throw Refused.position(question.field(), "the feed has not come so far");
        }
        return pages.page(connection, question.entity(), from, limit);
    }

    private static void headers(FeedQuestion question, HttpServletResponse response) {
        response.setContentType(
                question.isStream() ? MediaType.TEXT_EVENT_STREAM_VALUE : MediaType.APPLICATION_NDJSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Proxies that gather an answer before they pass it on would hold a stream for ever.
        response.setHeader("X-Accel-Buffering", "no");
    }

    /** One reader's way along the feed. */
    final class Reader {
        private final FeedQuestion question;
        private final Sight sight;
        private final @Nullable Portion portion;

        /** @param portion of a partner; null for one of the utility's own */
        Reader(FeedQuestion question, Sight sight, @Nullable Portion portion) {
            this.question = question;
            this.sight = sight;
            this.portion = portion;
        }

        /** The event as it may be told to this reader. */
        byte[] shown(Told told) {
            return portion == null ? sight.event(question.entity(), told.event()) : told.event();
        }

        /** The position as this reader may carry it. */
        String place(FeedPosition position) {
            return portion == null ? position.toString() : portion.place(position);
        }

        private Page page(Connection connection, FeedPosition from, int limit) throws SQLException {
            Page page = FeedAddress.this.page(connection, question, from, limit);
            return portion == null ? page : portion.page(connection, page, from);
        }

        /** @throws Refused when the store is away, or the position is pruned meanwhile */
        Page next(FeedPosition from, int limit) {
            return reads.together(connection -> page(connection, from, limit));
        }

        /** Returns when something may have come. */
        void await(FeedPosition from, Duration atMost) throws InterruptedException {
            tide.await(from.log(), atMost);
        }

        /** The reader has it. */
        void told(FeedPosition position) {
            String consumer = question.consumer();
            if (consumer != null) {
                consumers.told(consumer, question.entity(), position);
            }
        }
    }
}
