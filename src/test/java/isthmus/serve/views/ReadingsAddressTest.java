package isthmus.serve.views;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.serve.Service;
import isthmus.serve.Town;
import isthmus.store.Store;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReadingsAddressTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.over(Store.fresh());
        Town town = new Town(service.store);
        town.point("billing", "MP1", "Asia/Shanghai");
        town.point("metering", "MP1", "Asia/Shanghai");
        town.block("M1", "MP1", LocalDate.of(2026, 10, 30), SHANGHAI, hours(24, 10), "0,2,estimated");
        List<Integer> holes = hours(24, 10);
        Collections.fill(holes.subList(3, 5), null);
        Collections.fill(holes.subList(22, 24), null);
        town.block("M1", "MP1", LocalDate.of(2026, 10, 31), SHANGHAI, holes, "3,2,missing", "22,2,missing");
        town.block("M1", "MP1", LocalDate.of(2026, 11, 2), SHANGHAI, hours(24, 7));
        town.point("metering", "Berlin", "Europe/Berlin");
        for (String day : List.of("2026-03-28", "2026-03-29", "2026-10-25")) {
            LocalDate date = LocalDate.parse(day);
            long hours = Duration.between(
                            date.atStartOfDay(BERLIN), date.plusDays(1).atStartOfDay(BERLIN))
                    .toHours();
            town.block("B", "Berlin", date, BERLIN, hours((int) hours, 1));
        }
        town.point("metering", "swap", "Asia/Shanghai");
        List<Integer> before = hours(24, 10);
        Collections.fill(before.subList(10, 24), null);
        List<Integer> after = hours(24, 20);
        Collections.fill(after.subList(0, 10), null);
        town.block("old", "swap", LocalDate.of(2026, 10, 1), SHANGHAI, before, "10,14,missing");
        town.block("new", "swap", LocalDate.of(2026, 10, 1), SHANGHAI, after, "0,10,missing");
        town.point("metering", "gone", "Asia/Shanghai");
        town.delete("metering", "servicepoint", "gone");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void daysHaveExactSumsAndCountWhatCame() throws Exception {
        JsonNode channel = channel("metering", "MP1", "from=2026-10-30&to=2026-11-03");

        assertThat(channel.path("quantity").asText()).isEqualTo("activeEnergy");
        assertThat(channel.path("unit").asText()).isEqualTo("kWh");
        assertThat(channel.path("days")).hasSize(4);
        assertThat(channel.path("days").get(0).toString())
                .isEqualTo("{\"date\":\"2026-10-30\",\"intervalLength\":\"PT1H\",\"expected\":24,\"received\":24,"
                        + "\"estimated\":2,\"sum\":\"2.40\"}");
        assertThat(channel.path("days").get(1).path("sum").asText()).isEqualTo("2.00");
        assertThat(channel.path("days").get(2).toString())
                .isEqualTo("{\"date\":\"2026-11-01\",\"intervalLength\":\"PT1H\",\"expected\":24,\"received\":0,"
                        + "\"estimated\":0,\"sum\":null}");
        assertThat(channel.path("expected").asInt()).isEqualTo(96);
        assertThat(channel.path("received").asInt()).isEqualTo(68);
        assertThat(channel.path("sum").asText()).isEqualTo("6.08");
    }

    @Test
    void monthsAddUpTheirDays() throws Exception {
        JsonNode months = channel("metering", "MP1", "from=2026-10-30&to=2026-11-03&as=months")
                .path("months");

        assertThat(months.toString())
                .isEqualTo("[{\"month\":\"2026-10\",\"expected\":48,\"received\":44,\"estimated\":2,\"sum\":\"4.40\"},"
                        + "{\"month\":\"2026-11\",\"expected\":48,\"received\":24,\"estimated\":0,\"sum\":\"1.68\"}]");
    }

    @Test
    void gapsAreNamedWithTheirBoundsHoweverManyDaysTheyLast() throws Exception {
        JsonNode gaps =
                channel("metering", "MP1", "from=2026-10-30&to=2026-11-03").path("gaps");

        assertThat(gaps.toString())
                .isEqualTo(
                        "[{\"start\":\"2026-10-31T03:00:00+08:00\",\"end\":\"2026-10-31T05:00:00+08:00\",\"intervals\":2},"
                                + "{\"start\":\"2026-10-31T22:00:00+08:00\",\"end\":\"2026-11-02T00:00:00+08:00\",\"intervals\":26}]");
    }

    @Test
    void intervalsAreTheBlocksAsTheyAreStored() throws Exception {
        String path = path("metering", "MP1") + "?from=2026-10-30&to=2026-11-01&as=intervals";

        JsonNode channel = service.json(path).path("channels").get(0);

        String stored = service.store
                .sql
                .sql("select string_agg(body::text, ',' order by id) from record where id like '%:M1/kwh/2026-10-%'")
                .query(String.class)
                .single();
        assertThat(service.get(path).body()).contains("\"blocks\":[" + stored + "]");
        assertThat(channel.path("received").asInt()).isEqualTo(44);
        assertThat(channel.path("gaps")).hasSize(2);
    }

    @Test
    void whatMeteringMeasuredIsFoundFromThePointOfBilling() throws Exception {
        String span = "from=2026-10-30&to=2026-11-03&as=months";

        assertThat(channel("billing", "MP1", span)).isEqualTo(channel("metering", "MP1", span));
    }

    @Test
    void aPointIsFoundByItsNumberWhereItsIdSaysAnother() throws Exception {
        String id = Town.id("billing", "servicepoint", "K1");
        new Town(service.store)
                .put(
                        "billing",
                        "servicepoint",
                        "K1",
                        id,
                        null,
                        null,
                        Map.of("servicePointNo", "MP1", "timeZone", "Asia/Shanghai"));
        String span = "from=2026-10-30&to=2026-11-03&as=months";

        assertThat(channel("billing", "K1", span)).isEqualTo(channel("metering", "MP1", span));
    }

    @Test
    void theDaysOnWhichTheClocksAreMovedHaveTwentyThreeAndTwentyFiveHours() throws Exception {
        JsonNode spring = channel("metering", "Berlin", "from=2026-03-28&to=2026-03-31");
        JsonNode autumn = channel("metering", "Berlin", "from=2026-10-24&to=2026-10-26");

        assertThat(spring.path("days"))
                .extracting(day -> day.path("expected").asInt())
                .containsExactly(24, 23, 24);
        assertThat(spring.path("days").get(1).path("sum").asText()).isEqualTo("0.23");
        assertThat(autumn.path("days"))
                .extracting(day -> day.path("expected").asInt())
                .containsExactly(24, 25);
        assertThat(autumn.path("gaps").toString())
                .isEqualTo(
                        "[{\"start\":\"2026-10-24T00:00:00+02:00\",\"end\":\"2026-10-25T00:00:00+02:00\",\"intervals\":24}]");
    }

    @Test
    void aDayOnWhichTheClocksAreMovedAndNothingCameIsMissingWhole() throws Exception {
        JsonNode year = channel("metering", "Berlin", "from=2025-10-25&to=2026-03-30&as=months");

        assertThat(year.path("months").get(0).path("expected").asInt()).isEqualTo(6 * 24 + 25);
        assertThat(year.path("gaps").get(0).toString())
                .isEqualTo(
                        "{\"start\":\"2025-10-25T00:00:00+02:00\",\"end\":\"2026-03-28T00:00:00+01:00\",\"intervals\":3697}");
    }

    @Test
    void aDayOfTwoMetersIsWholeWhenTheyCompleteEachOther() throws Exception {
        JsonNode channel = channel("metering", "swap", "from=2026-10-01&to=2026-10-02");

        assertThat(channel.path("received").asInt()).isEqualTo(24);
        assertThat(channel.path("expected").asInt()).isEqualTo(24);
        assertThat(channel.path("gaps")).isEmpty();
        assertThat(channel.path("sum").asText()).isEqualTo("3.80");
    }

    @Test
    void whatIsStillToComeIsNotMissing() throws Exception {
        LocalDate today = LocalDate.now(SHANGHAI);

        JsonNode channel = channel("metering", "MP1", "from=2026-10-30&to=" + today.plusDays(30));

        JsonNode gaps = channel.path("gaps");
        assertThat(gaps.get(gaps.size() - 1).path("end").asText()).isEqualTo(today + "T00:00:00+08:00");
    }

    @Test
    void whatTwoSystemsTellOfOnePointIsNeverAddedUp() throws Exception {
        Town town = new Town(service.store);
        LocalDate day = LocalDate.of(2026, 10, 5);
        town.point("metering", "twice", "Asia/Shanghai");
        town.block("T", "twice", day, SHANGHAI, hours(24, 10));
        town.blockOf("archive", "T", "twice", day, SHANGHAI, hours(24, 10));

        JsonNode channels = service.json(path("metering", "twice") + "?from=2026-10-05&to=2026-10-06")
                .path("channels");

        assertThat(channels)
                .extracting(channel -> channel.path("system").asText() + " "
                        + channel.path("sum").asText())
                .containsExactlyInAnyOrder("metering 2.40", "archive 2.40");
    }

    @Test
    void aKindOfValuesCanBeAskedForAlone() throws Exception {
        String span = "?from=2026-10-30&to=2026-10-31";

        assertThat(service.json(path("metering", "MP1") + span + "&flow=received")
                        .path("channels"))
                .isEmpty();
        assertThat(service.json(path("metering", "MP1") + span + "&quantity=activeEnergy&flow=delivered&series=raw")
                        .path("channels"))
                .hasSize(1);
    }

    @Test
    void whatCannotBeAnsweredIsRefusedWithItsField() throws Exception {
        problem("MP1", "?to=2026-11-01", 400, "API-PARAMETER", "from");
        problem("MP1", "?from=2026-11-01", 400, "API-PARAMETER", "to");
        problem("MP1", "?from=2026-11-01&to=2026-11-01", 400, "API-PARAMETER", "to");
        problem("MP1", "?from=2025-01-01&to=2026-02-06&as=intervals", 400, "API-PARAMETER", "to");
        problem("MP1", "?from=2026-11-01&to=2026-11-02&as=weeks", 400, "API-PARAMETER", "as");
        problem("MP1", "?from=%2B9999999-01-01&to=2026-11-02", 400, "API-PARAMETER", "from");
        problem("MP1", "?from=2026-11-01&to=2026-11-02&colour=red", 400, "API-PARAMETER", "colour");
        problem("nowhere", "?from=2026-11-01&to=2026-11-02", 404, "API-UNKNOWN", null);
        problem("gone", "?from=2026-11-01&to=2026-11-02", 410, "API-DELETED", null);
    }

    @Test
    void fourHundredDaysOfIntervalsAreAnswered() throws Exception {
        HttpResponse<String> answer =
                service.get(path("metering", "MP1") + "?from=2025-10-01&to=2026-11-05&as=intervals");

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static List<Integer> hours(int n, int hundredths) {
        return new ArrayList<>(Collections.nCopies(n, hundredths));
    }

    private static String path(String silo, String point) {
        return "/api/v1/servicepoint/" + Service.encoded(Town.id(silo, "servicepoint", point)) + "/readings";
    }

    private static JsonNode channel(String silo, String point, String query) throws Exception {
        JsonNode channels = service.json(path(silo, point) + "?" + query).path("channels");
        assertThat(channels).hasSize(1);
        return channels.get(0);
    }

    private static void problem(String point, String query, int status, String code, @Nullable String field)
            throws Exception {
        HttpResponse<String> answer = service.get(path("metering", point) + query);
        assertThat(answer.statusCode()).as(query).isEqualTo(status);
        Map<?, ?> problem = new ObjectMapper().readValue(answer.body(), Map.class);
        assertThat(problem.get("code")).isEqualTo(code);
        assertThat(problem.get("field")).isEqualTo(field);
    }
}
