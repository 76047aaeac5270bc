package isthmus.serve.records;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import isthmus.model.Entities;
import isthmus.security.seal.Opener;
import isthmus.serve.Asked;
import isthmus.serve.Reads;
import isthmus.serve.Refused;
import isthmus.serve.Served;
import isthmus.serve.Sight;
import isthmus.serve.share.Portion;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code /api/v1/{entity}/{id}}: one record by its id, as it is, or as the hub knew it then. */
@Served
public final class RecordAddress {
    private static final String ASK_AGAIN = "no-cache, private";

    private final Reads reads;
    private final Opener opener;

    RecordAddress(Reads reads, Opener opener) {
        this.reads = reads;
        this.opener = opener;
    }

    /** A record, and the days on which it is valid in the world. */
    private record Found(
            StoredRecord record,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {
        boolean isValidAt(@Nullable LocalDate day) {
            return day == null || (from == null || !day.isBefore(from)) && (to == null || day.isBefore(to));
        }
    }

    @Operation(
            summary = "One record by its id, with what is known of its origin; 304 when If-None-Match has its tag.",
            parameters = {
                @Parameter(in = ParameterIn.QUERY, name = "fields"),
                @Parameter(in = ParameterIn.QUERY, name = "asOf"),
                @Parameter(in = ParameterIn.QUERY, name = "validAt"),
                @Parameter(in = ParameterIn.HEADER, name = "If-None-Match")
            },
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "OK",
                            content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE)))
    @GetMapping(path = "/api/v1/{entity}/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    void one(
            @PathVariable String entity,
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Portion portion = Portion.of(request);
        if (portion != null) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            write(response, granted(portion, known(entity), id));
            return;
        }
        Asked asked = Asked.of(request);
        Fields fields = Fields.of(asked);
        LocalDate validAt = asked.date("validAt");
        if (id.chars().anyMatch(Character::isISOControl)) {
            throw Refused.unknown("no such id");
        }
        Found found = find(known(entity), id, asked.instant("asOf"))
                .orElseThrow(() ->
                        Refused.unknown("no such " + entity + (asked.has("asOf") ? " was known to the hub then" : "")));
        StoredRecord record = found.record();
        if (record.deleted()) {
            throw Refused.deleted("deleted at its source, known to the hub since " + record.recorded());
        }
        if (!found.isValidAt(validAt)) {
            throw Refused.unknown("the " + entity + " is not valid on that day, but from " + said(found.from())
                    + " until before " + said(found.to()));
        }
        Sight sight = Sight.of(request);
        response.setHeader(HttpHeaders.ETAG, record.tag(sight));
        response.setHeader(HttpHeaders.CACHE_CONTROL, ASK_AGAIN);
        if (record.isKnownAs(request.getHeader(HttpHeaders.IF_NONE_MATCH), sight)) {
            response.setStatus(HttpStatus.NOT_MODIFIED.value());
            return;
        }
        write(response, record.json(opener, fields, sight));
    }

    /** Of a partner who asks by the name that it was given; what it may not know, is not there. */
    private byte[] granted(Portion portion, String entity, String name) {
        List<byte[]> told = portion.record(name)
                .flatMap(id -> find(entity, id, null))
                .filter(found -> !found.record().deleted())
                .map(found -> portion.records(List.of(found.record().opened(opener))))
                .orElse(List.of());
        if (told.isEmpty()) {
            throw Refused.unknown("no such " + entity);
        }
        return GrantedPage.item(entity, told.get(0));
    }

    private static void write(HttpServletResponse response, byte[] json) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    static String known(String entity) {
        if (!Entities.ALL.contains(entity)) {
            throw Refused.unknown("no such entity; there are " + String.join(", ", Entities.ALL));
        }
        return entity;
    }

    private static String said(@Nullable LocalDate day) {
        return day == null ? "ever" : day.toString();
    }

    private Optional<Found> find(String entity, String id, @Nullable Instant asOf) {
        return reads.once(
                connection -> asOf == null ? now(connection, entity, id) : then(connection, entity, id, asOf));
    }

    /** The statement that reads a record as it is now, of its entity and id. */
    public static String nowOf(String entity) {
        return "select " + StoredRecord.COLUMNS + ", valid_from, valid_to from record_" + entity
                + " where entity = ? and id = ?";
    }

    private static Optional<Found> now(Connection connection, String entity, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(nowOf(entity))) {
            select.setString(1, entity);
            select.setString(2, id);
            return first(select);
        }
    }

    private static Optional<Found> then(Connection connection, String entity, String id, Instant asOf)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + StoredRecord.COLUMNS
                + ", valid_from, valid_to from record_" + entity
                + " where entity = ? and id = ? and recorded_from <= ? union all select " + StoredRecord.PAST_COLUMNS
                + ", valid_from, valid_to from record_history"
                + " where entity = ? and id = ? and recorded_from <= ? and recorded_to > ?")) {
            OffsetDateTime at = asOf.atOffset(ZoneOffset.UTC);
            select.setString(1, entity);
            select.setString(2, id);
            select.setObject(3, at);
            select.setString(4, entity);
            select.setString(5, id);
            select.setObject(6, at);
            select.setObject(7, at);
            return first(select);
        }
    }

    private static Optional<Found> first(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new Found(
                            StoredRecord.of(row),
                            row.getObject("valid_from", LocalDate.class),
                            row.getObject("valid_to", LocalDate.class)))
                    : Optional.empty();
        }
    }
}
