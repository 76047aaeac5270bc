package isthmus.serve.exports;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import isthmus.serve.Refused;
import isthmus.serve.Served;
import isthmus.serve.Sight;
import isthmus.serve.share.Portion;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /api/v1/{entity}/export}: all records of an entity as they are at one moment, in the order of their ids. */
@Served
final class ExportAddress {
    private static final Logger LOG = LoggerFactory.getLogger(ExportAddress.class);
    private static final int BUFFER = 1 << 15;

    private final Snapshot snapshot;

    ExportAddress(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** How the rows go out. */
    private record Form(ExportFormat format, boolean packed, boolean marked) {}

    @Operation(
            summary = "All records of an entity as they are at one moment, by id; trailers say how many they were.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The records in the form that format or Accept names.",
                            content = {
                                @Content(mediaType = "application/x-ndjson"),
                                @Content(mediaType = "text/csv"),
                                @Content(mediaType = "application/vnd.apache.parquet")
                            }))
    @GetMapping("/api/v1/{entity}/export")
    void export(
            @PathVariable String entity,
            @Parameter(description = "jsonl, csv or parquet; otherwise Accept decides.")
                    @RequestParam(required = false)
                    @Nullable
                    String format,
            @Parameter(description = "Only of this legacy system.") @RequestParam(required = false) @Nullable
                    String silo,
            @Parameter(description = "Go on behind this id.") @RequestParam(defaultValue = "") String after,
            @Parameter(description = "true for deleted records too.") @RequestParam(defaultValue = "false")
                    boolean deleted,
            @RequestParam(required = false) @Nullable Long limit,
            @Parameter(description = "true for a sheet that Excel takes for UTF-8.")
                    @RequestParam(defaultValue = "false")
                    boolean bom,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
            @Parameter(description = "gzip packs lines and sheets.")
                    @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, defaultValue = "")
                    String encodings,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Portion portion = Portion.of(request);
        Wanted wanted = new Wanted(entity, silo, behind(after, portion), deleted, limit);
        ExportFormat known = ExportFormat.of(format, accept);
        Form form = new Form(known, known != ExportFormat.PARQUET && takesGzip(encodings), bom);
        Extent extent = new Extent();
        Extent told = portion == null ? extent : new Extent();
        if (request.getMethod().equals("HEAD")) {
            headers(wanted, form, response);
            return;
        }
        trail(told, request, response);
        Sending sending = new Sending(wanted, form, new Seen(Sight.of(request), portion, told), response);
        try {
            snapshot.write(wanted, extent, sending::begin);
            sending.out().close();
        } catch (Refused refused) {
            sending.breakOff(refused);
        } catch (UncheckedIOException gone) {
            throw new CloseNowException("the client is gone", gone);
        } catch (RuntimeException bug) {
            // What was said of the rows is not true of the problem that is told instead.
            if (!response.isCommitted()) {
                response.reset();
            }
            throw bug;
        }
    }

    private static String behind(String after, @Nullable Portion portion) {
        return portion == null || after.isEmpty()
                ? after
                : portion.record(after)
                        .orElseThrow(() ->
                                Refused.position("after", "the id of the last record that you have, of this entity"));
    }

    private static boolean takesGzip(String encodings) {
        return encodings.matches("(?i).*\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$)).*");
    }

    private static void headers(Wanted wanted, Form form, HttpServletResponse response) {
        response.setContentType(form.format().type().toString());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT + ", " + HttpHeaders.ACCEPT_ENCODING);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"" + wanted.entity() + "."
                        + form.format().code() + "\"");
        response.setHeader("Link-Template", next(wanted, form));
        if (form.packed()) {
            response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
    }

    /** Where to go on (RFC 9652); only what has been checked stands in it. */
    private static String next(Wanted wanted, Form form) {
        return "\"/api/v1/" + wanted.entity() + "/export?format="
                + form.format().code()
                + (wanted.silo() == null ? "" : "&silo=" + wanted.silo())
                + (wanted.deleted() ? "&deleted=true" : "")
                + (wanted.limit() == null ? "" : "&limit=" + wanted.limit())
                + "{&after}\"; rel=\"next\"";
    }

    private static void trail(Extent extent, HttpServletRequest request, HttpServletResponse response) {
        if (!request.getProtocol().equals("HTTP/1.0")) {
            response.setTrailerFields(
                    () -> Map.of("Isthmus-Rows", Long.toString(extent.rows()), "Isthmus-After", extent.last()));
        }
    }

    /**
     * How records are told to who asks.
     *
     * @param portion of a partner; null for one of the utility's own
     * @param told how far its export has come
     */
    private record Seen(Sight sight, @Nullable Portion portion, Extent told) {
        ExportRows of(String entity, ExportRows rows) {
            if (portion != null) {
                return new GrantedRows(portion, told, rows);
            }
            return sight.hides(entity) ? new MaskedRows(entity, rows) : rows;
        }

        boolean shows(String pointer) {
            return portion == null || portion.shows(pointer);
        }

        String place(long position) {
            return portion == null ? Long.toString(position) : portion.place(position);
        }
    }

    /** An answer on its way. */
    private static final class Sending {
        private final Wanted wanted;
        private final Form form;
        private final Seen seen;
        private final HttpServletResponse response;
        private @Nullable OutputStream out;
        private @Nullable ExportRows rows;

        Sending(Wanted wanted, Form form, Seen seen, HttpServletResponse response) {
            this.wanted = wanted;
            this.form = form;
            this.seen = seen;
            this.response = response;
        }

        ExportRows begin(long position) throws IOException {
            headers(wanted, form, response);
            response.setHeader("Isthmus-Position", seen.place(position));
            response.setHeader("Trailer", "Isthmus-Rows, Isthmus-After");
            OutputStream plain = new BufferedOutputStream(response.getOutputStream(), BUFFER);
            out = form.packed() ? new Quick(plain) : plain;
            rows = rows(out, position);
            return seen.of(wanted.entity(), rows);
        }

        private ExportRows rows(OutputStream to, long position) throws IOException {
            return switch (form.format()) {
                case JSONL -> new JsonLines(to);
                case CSV -> new CsvRows(to, flat(), form.marked());
                case PARQUET -> new ParquetRows(to, wanted.entity(), flat(), seen.place(position));
            };
        }

        private Flat flat() {
            return new Flat(wanted.entity(), wanted.deleted(), seen::shows);
        }

        OutputStream out() {
            return Objects.requireNonNull(out);
        }

        /** Nothing has gone out yet: the fault is the answer. Else it is cut, so that nobody takes it for whole. */
        void breakOff(Refused refused) throws IOException {
            if (!response.isCommitted()) {
                response.reset();
                throw refused;
            }
            LOG.warn("{} an export of {} was cut: {}", refused.reason().code(), wanted.entity(), refused.getMessage());
            if (rows != null && out != null) {
                rows.breakOff(refused.reason().code());
                out.flush();
            }
            throw new CloseNowException(refused.reason().code());
        }
    }

    /** Packs for speed: the client waits for the store, not for the last per cent. */
    private static final class Quick extends GZIPOutputStream {
        Quick(OutputStream out) throws IOException {
            super(out, BUFFER, true);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
