package isthmus.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import isthmus.model.Fact;
import isthmus.model.Op;
import isthmus.serve.Service;
import isthmus.store.Cargo;
import isthmus.store.ChangeLog;
import isthmus.store.Store;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DaysTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NEXT_NOON = Instant.parse("2026-11-22T04:00:00Z");

    private final Store store = Store.fresh();
    private final List<byte[]> heard = new ArrayList<>();

    private Days days(Instant now, Days.Door door) {
        return new Days(
                () -> "yj",
                store.source,
                new ChangeLog(store.source),
                door,
                () -> true,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private Days days(Instant now) {
        return days(now, (key, event) -> heard.add(event));
    }

    private JsonNode last() throws IOException {
        return JSON.readTree(heard.get(heard.size() - 1)).path("data");
    }

    @Test
    void aDayIsToldOnceWhenItIsOverAndAgainWhenLateDataComplete() throws Exception {
        store.chunks.commit(Cargo.chunk(1, meter("A"), meter("B"), meter("C")));
        store.chunks.commit(Cargo.chunk(1, block("A", 1, "1,2,3,4"), block("B", 1, "1,2,null,4")));
        days(Instant.parse("2026-11-21T15:59:59Z")).round();
        assertThat(heard).isEmpty();

        days(NEXT_NOON).round();
        days(NEXT_NOON).round();

        assertThat(heard).hasSize(1);
        assertThat(last().toString())
                .isEqualTo("{\"system\":\"cis\",\"day\":\"2026-11-21\",\"timeZone\":\"Asia/Shanghai\","
                        + "\"revision\":1,\"expected\":3,\"complete\":1,\"missing\":2,\"share\":\"33.33\","
                        + "\"missingList\":\"/api/v1/days/cis/2026-11-21/missing\"}");

        store.chunks.commit(Cargo.chunk(2, block("B", 2, "1,2,3,4")));
        days(NEXT_NOON).round();

        assertThat(heard).hasSize(2);
        assertThat(last().path("revision").asInt()).isEqualTo(2);
        assertThat(last().path("share").asText()).isEqualTo("66.66");
        assertThat(JSON.readTree(heard.get(0)).path("id"))
                .isNotEqualTo(JSON.readTree(heard.get(1)).path("id"));
        heard.forEach(DaysTest::isAsItsSchemasSay);
    }

    @Test
    void aDayOfWhichNothingCameIsToldToo() throws Exception {
        store.chunks.commit(Cargo.chunk(1, meter("A")));
        store.chunks.commit(Cargo.chunk(1, block("A", 1, "1,2,3,4")));
        days(NEXT_NOON).round();
        assertThat(last().path("share").asText()).isEqualTo("100.00");

        days(Instant.parse("2026-11-22T16:00:00Z")).round();

        assertThat(heard).hasSize(2);
        assertThat(last().path("day").asText()).isEqualTo("2026-11-22");
        assertThat(last().path("share").asText()).isEqualTo("0.00");
    }

    @Test
    void aDayWaitsForTheRunThatBringsIt() throws Exception {
        store.chunks.commit(Cargo.chunk(1, meter("A")));
        store.chunks.commit(Cargo.chunk(1, block("A", 1, "1,2,3,null")));
        store.sql
                .sql("insert into run (system, trigger, started, state) values ('cis', 'test', now(), 'running')")
                .update();
        days(NEXT_NOON).round();
        assertThat(heard).isEmpty();

        store.sql.sql("update run set state = 'green'").update();
        days(NEXT_NOON).round();

        assertThat(heard).hasSize(1);
    }

    @Test
    void whatCouldNotBeToldIsToldLaterWithTheSameBytes() throws Exception {
        store.chunks.commit(Cargo.chunk(1, meter("A")));
        store.chunks.commit(Cargo.chunk(1, block("A", 1, "1,2,3,4")));
        List<byte[]> tried = new ArrayList<>();
        Days cut = days(NEXT_NOON, (key, event) -> {
            tried.add(event);
            throw new IOException("KAFKA-AWAY");
        });
        assertThatThrownBy(cut::round).isInstanceOf(IOException.class);

        days(NEXT_NOON.plusSeconds(60)).round();

        assertThat(heard).hasSize(1);
        assertThat(heard.get(0)).isEqualTo(tried.get(0));
    }

    @Test
    void theServiceListsDaysAndTheirMissingMetersAPageAtATime() throws Exception {
        store.chunks.commit(Cargo.chunk(1, meter("A"), meter("B"), meter("C"), meter("D")));
        store.chunks.commit(Cargo.chunk(1, block("B", 1, "1,2,3,4")));
        days(NEXT_NOON).round();

        try (Service service = Service.over(store, Map.of(), Map.of())) {
            JsonNode listed = service.json("/api/v1/days?system=cis&from=2026-11-21&to=2026-11-22");
            assertThat(listed.at("/days/0")).isEqualTo(last());
            String path = listed.at("/days/0/missingList").asText();

            JsonNode page = service.json(path + "?limit=2");
            JsonNode rest = service.json(
                    path + "?limit=2&after=" + Service.encoded(page.path("next").asText()));

            assertThat(page.path("meters").toString())
                    .isEqualTo("[\"" + id("meter", "A") + "\",\"" + id("meter", "C") + "\"]");
            assertThat(rest.path("meters").toString()).isEqualTo("[\"" + id("meter", "D") + "\"]");
            assertThat(rest.has("next")).isFalse();
            refused(service.get("/api/v1/days/cis/2026-11-20/missing"), 404, "API-UNKNOWN");
            refused(service.get("/api/v1/days/cis/yesterday/missing"), 400, "API-PARAMETER");
            refused(service.get("/api/v1/days?system=cis&from=20261121"), 400, "API-PARAMETER");
        }
    }

    private static void refused(HttpResponse<String> answer, int status, String code) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(JSON.readTree(answer.body()).path("code").asText()).isEqualTo(code);
    }

    private static void isAsItsSchemasSay(byte[] event) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaIdResolvers(
                        ids -> ids.mapPrefix("https://isthmus.example/schema/v1/", "classpath:isthmus/schema/v1/")));
        String text = new String(event, StandardCharsets.UTF_8);
        assertThat(registry.getSchema(SchemaLocation.of("https://isthmus.example/schema/v1/bulletin.json"))
                        .validate(text, InputFormat.JSON))
                .isEmpty();
        try {
            assertThat(registry.getSchema(SchemaLocation.of("https://isthmus.example/schema/v1/day.json"))
                            .validate(JSON.readTree(event).path("data").toString(), InputFormat.JSON))
                    .isEmpty();
        } catch (IOException fault) {
            throw new AssertionError(fault);
        }
    }

    private static String id(String entity, String key) {
        return "urn:isthmus:yj:cis:" + entity + ":" + key;
    }

    private static Fact meter(String no) {
        String id = id("meter", no);
        String body =
                "{\"id\":\"" + id + "\",\"installations\":[{\"from\":\"2026-01-05T00:00:00+08:00\",\"to\":null}]}";
        return Cargo.fact("meter", id, Op.UPSERT, 1, body, null, List.of());
    }

    private static Fact block(String meter, int version, String values) {
        String id = id("intervalblock", meter + "/kwh-delivered/2026-11-21/raw");
        long received = List.of(values.split(",")).stream()
                .filter(value -> !value.equals("null"))
                .count();
        String body = """
                {"defaultQuality":"actual","end":"2026-11-22T00:00:00+08:00","expected":4,"id":"%s","intervalLength":"PT6H",\
                "localDate":"2026-11-21","meter":"%s","multiplierApplied":"1","quality":[],"readingType":{"accumulation":"delta",\
                "flow":"delivered","quantity":"activeEnergy"},"received":%d,"scale":-2,"series":"raw","servicePoint":"%s",\
                "start":"2026-11-21T00:00:00+08:00","sum":"0.10","timeZone":"Asia/Shanghai","unit":"kWh","values":[%s]}""".formatted(id, id("meter", meter), received, id("servicepoint", "S"), values);
        return Cargo.fact("intervalblock", id, Op.UPSERT, version, body, null, List.of());
    }
}
