package isthmus.serve.exports;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import isthmus.serve.Asked;
import isthmus.serve.Refused;
import isthmus.serve.Served;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import javax.xml.stream.XMLStreamException;
import org.apache.coyote.CloseNowException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code /api/v1/servicepoint/{id}/greenbutton}: a point's readings of some days as Green Button (NAESB ESPI). */
@Served
final class GreenButtonAddress {
    private static final int MOST_DAYS = 400;

    private final PointReadings readings;

    GreenButtonAddress(PointReadings readings) {
        this.readings = readings;
    }

    @Operation(
            summary = "The readings of a service point as Green Button (ESPI) for whoever reads that.",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "from",
                        required = true,
                        description = "The first local day.",
                        example = "2026-11-01"),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "to",
                        required = true,
                        description = "The day behind the last, at most 400 days later.",
                        example = "2026-12-01")
            },
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "An Atom feed.",
                            content = {@Content(mediaType = "application/atom+xml")}))
    @GetMapping(path = "/api/v1/servicepoint/{id}/greenbutton", produces = MediaType.APPLICATION_ATOM_XML_VALUE)
    void feed(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Asked asked = Asked.of(request);
        LocalDate first = asked.day("from");
        LocalDate end = asked.day("to");
        if (!first.isBefore(end) || first.plusDays(MOST_DAYS).isBefore(end)) {
            throw Refused.parameter("to", "a day after from, at most " + MOST_DAYS + " days; it is not in the feed");
        }
        PointReadings.Found found = readings.of(id, first, end);
        response.setContentType(MediaType.APPLICATION_ATOM_XML_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        try {
            new GreenButtonFeed(id, found).write(response.getOutputStream());
        } catch (XMLStreamException gone) {
            throw new CloseNowException("the client is gone", gone);
        }
    }
}
