package isthmus.serve.exports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.serve.Service;
import isthmus.serve.Town;
import isthmus.store.Store;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which blocks a feed has, and when there is none; what it says of them is GreenButtonRoundTripTest's. */
class GreenButtonAddressTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 1);
    private static final String RANGE = "?from=2026-11-01&to=2026-11-02";

    private static Service service;
    private static Town town;

    @BeforeAll
    static void start() {
        service = Service.over(Store.fresh());
        town = new Town(service.store);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aDialAndWhatWasUsedAreTwoChannelsAlthoughTheyMeasureOneThing() throws Exception {
        town.point("metering", "two", "Asia/Shanghai");
        block("two", "used", "delta", "raw", -2);
        block("two", "dial", "bulk", "raw", -2);

        String feed = feed("metering", "two", RANGE).body();

        assertThat(all(feed, "<accumulationBehaviour>(\\d+)<")).containsExactlyInAnyOrder("4", "1");
        assertThat(all(feed, "(<IntervalBlock )")).hasSize(2);
    }

    @Test
    void aDayThatWasValidatedIsNotToldRawAsWellHoweverFineItIs() throws Exception {
        town.point("metering", "finer", "Asia/Shanghai");
        block("finer", "used", "delta", "raw", -2);
        block("finer", "used", "delta", "validated", -3);

        String feed = feed("metering", "finer", RANGE).body();

        assertThat(all(feed, "<title>(.*?)</title>")).contains("activeEnergy delivered, validated");
        assertThat(all(feed, "(<IntervalBlock )")).hasSize(1);
    }

    @Test
    void whatIsMeasuredWhereNobodyTellsThePointIsFoundByItsNumber() throws Exception {
        town.point("billing", "untold", "Asia/Shanghai");
        block("untold", "used", "delta", "raw", -2);

        assertThat(all(feed("billing", "untold", RANGE).body(), "(<IntervalBlock )"))
                .hasSize(1);
    }

    @Test
    void aDeletedPointIsSaidToBeSoWhetherOrNotItHasReadings() throws Exception {
        for (String point : List.of("gone", "silent")) {
            town.point("metering", point, "Asia/Shanghai");
            town.delete("metering", "servicepoint", point);
        }
        block("gone", "used", "delta", "raw", -2);

        problem(feed("metering", "gone", RANGE), 410, "API-DELETED", null);
        problem(feed("metering", "silent", RANGE), 410, "API-DELETED", null);
        problem(feed("metering", "never", RANGE), 404, "API-UNKNOWN", null);
    }

    @Test
    void moreThanOneAnswerHoldsIsRefusedHereAndWithTheReadings() throws Exception {
        town.point("metering", "crowd", "Asia/Shanghai");
        town.multiply(block("crowd", "used", "delta", "raw", -2), 3_999);
        assertThat(feed("metering", "crowd", RANGE).statusCode()).isEqualTo(200);

        block("crowd", "one more", "delta", "raw", -2);

        problem(feed("metering", "crowd", RANGE), 400, "API-PARAMETER", "to");
        problem(service.get(point("metering", "crowd") + "/readings" + RANGE), 400, "API-PARAMETER", "to");
    }

    @Test
    void aDayThatNobodyMeansIsRefusedByName() throws Exception {
        problem(feed("metering", "any", "?to=2026-11-02"), 400, "API-PARAMETER", "from");
        problem(feed("metering", "any", "?from=2026-11-01"), 400, "API-PARAMETER", "to");
        problem(feed("metering", "any", "?from=%2B999999999-12-31&to=2026-11-02"), 400, "API-PARAMETER", "from");
        problem(feed("metering", "any", "?from=-999999999-01-01&to=2026-11-02"), 400, "API-PARAMETER", "from");
        problem(feed("metering", "any", "?from=2026-11-01&to=%2B999999999-12-31"), 400, "API-PARAMETER", "to");
    }

    /** An hourly day of the metering system; its id. */
    private static String block(String point, String channel, String accumulation, String series, int scale) {
        String of = Town.id("metering", "servicepoint", point);
        Map<String, Object> body = new TreeMap<>();
        body.put("servicePoint", of);
        body.put("meter", Town.id("metering", "meter", "M-" + point));
        body.put("series", series);
        body.put("readingType", Map.of("quantity", "activeEnergy", "flow", "delivered", "accumulation", accumulation));
        body.put("unit", "kWh");
        body.put("scale", scale);
        body.put("start", DAY + "T00:00:00+08:00");
        body.put("timeZone", "Asia/Shanghai");
        body.put("localDate", DAY.toString());
        body.put("intervalLength", "PT1H");
        body.put("expected", 24);
        body.put("received", 24);
        body.put("values", Collections.nCopies(24, 10));
        body.put("multiplierApplied", "1");
        body.put("defaultQuality", "actual");
        body.put("quality", List.of());
        String key = "M-" + point + "/" + channel.replace(" ", "-") + "/" + DAY + "/" + series;
        town.put("metering", "intervalblock", key, of, DAY, DAY.plusDays(1), body);
        return Town.id("metering", "intervalblock", key);
    }

    private static String point(String silo, String point) {
        return "/api/v1/servicepoint/" + Service.encoded(Town.id(silo, "servicepoint", point));
    }

    private static HttpResponse<String> feed(String silo, String point, String range) throws Exception {
        return service.get(point(silo, point) + "/greenbutton" + range);
    }

    private static List<String> all(String feed, String part) {
        return Pattern.compile(part)
                .matcher(feed)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static void problem(HttpResponse<String> answer, int status, String code, @Nullable String field)
            throws Exception {
        assertThat(answer.statusCode()).as("%s", answer.uri()).isEqualTo(status);
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("field").asText(null)).isEqualTo(field);
    }
}
