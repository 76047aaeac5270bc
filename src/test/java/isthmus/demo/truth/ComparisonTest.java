package isthmus.demo.truth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.demo.truth.Found.Published;
import isthmus.demo.truth.Found.Quarantined;
import isthmus.demo.truth.Found.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final int COUNT = 1_000;

    private final List<String> truth = new ArrayList<>();
    private final List<Stored> rows = new ArrayList<>();
    private final List<Published> events = new ArrayList<>();
    private final List<Quarantined> refused = new ArrayList<>();

    ComparisonTest() {
        for (int i = 0; i < COUNT; i++) {
            boolean deleted = i == 7;
            boolean pending = i == 8;
            truth.add("{\"kind\":\"record\",\"entity\":\"meter\",\"id\":\"" + id(i) + "\",\"deleted\":" + deleted
                    + ",\"pending\":" + pending + ",\"record\":" + body(i) + "}");
            rows.add(new Stored("meter", id(i), deleted, pending, body(i)));
            events.add(new Published("e" + i, id(i), "20261122161500000-0000000001", deleted, body(i)));
        }
        truth.add("{\"kind\":\"reject\",\"system\":\"metering\",\"entity\":\"meter\",\"locator\":\"M.csv:3\","
                + "\"reason\":\"KEY-INVALID\",\"fault\":\"M-NUL\"}");
        refused.add(new Quarantined("metering", "meter", "M.csv:3", "KEY_INVALID"));
    }

    @Test
    void findsNothingWhereEverythingIsRight() throws Exception {
        JsonNode verdict = check();

        assertThat(verdict.toString())
                .isEqualTo(
                        "{\"duplicated\":0,\"expected\":1001,\"explained\":1001,\"lost\":0,\"resent\":0,\"samples\":[],"
                                + "\"unexplained\":0,\"wrong\":0}");
    }

    @Test
    void seesARowRemovedARowDoubledAndARowAltered() throws Exception {
        rows.remove(900);
        rows.add(rows.get(20));
        rows.set(30, new Stored("meter", id(30), false, false, body(30).replace("\"digits\":6", "\"digits\":5")));

        JsonNode verdict = check();

        assertThat(verdict.get("lost").asInt()).isEqualTo(1);
        assertThat(verdict.get("duplicated").asInt()).isEqualTo(1);
        assertThat(verdict.get("wrong").asInt()).isEqualTo(1);
        assertThat(verdict.get("explained").asInt()).isEqualTo(998);
        assertThat(verdict.get("samples")).hasSize(3);
        assertThat(verdict.get("samples").toString()).contains("/digits should be 6, is 5", "not stored", "twice");
    }

    @Test
    void takesAnotherOrderOfFieldsForTheSame() throws Exception {
        rows.set(3, new Stored("meter", id(3), false, false, "{ \"id\": \"" + id(3) + "\", \"digits\": 6 }"));

        assertThat(check().get("wrong").asInt()).isZero();
    }

    @Test
    void seesADeletedRowThatStandsAndAReferenceThatShouldHaveHealed() throws Exception {
        rows.set(7, new Stored("meter", id(7), false, false, body(7)));
        rows.set(9, new Stored("meter", id(9), false, true, body(9)));

        JsonNode verdict = check();

        assertThat(verdict.get("wrong").asInt()).isEqualTo(2);
        assertThat(verdict.get("samples").toString()).contains("deleted should be true", "REF-PENDING should be false");
    }

    @Test
    void seesAKeyUnderAnotherSpelling() throws Exception {
        rows.add(new Stored("meter", id(5).replace('5', '５'), false, false, body(5)));

        assertThat(check().get("duplicated").asInt()).isEqualTo(1);
    }

    @Test
    void judgesTheFeedByTheLastEventOfAKey() throws Exception {
        events.add(0, new Published("old", id(4), "20261122161500000-0000000000", false, "{\"id\":\"old\"}"));
        events.add(new Published("new", id(6), "20261122161500000-0000000002", false, "{\"id\":\"new\"}"));

        JsonNode verdict = check();

        assertThat(verdict.get("wrong").asInt()).isEqualTo(1);
        assertThat(verdict.get("samples").toString()).contains("feed: /digits should be 6, is absent");
    }

    @Test
    void seesEventsLostDoubledOutOfOrderAndUnknown() throws Exception {
        events.remove(100);
        events.add(events.get(200));
        events.add(new Published("late", id(300), "20261122161500000-0000000000", false, body(300)));
        events.add(new Published("stranger", id(COUNT), "20261122161500000-0000000000", false, body(COUNT)));

        JsonNode verdict = check();

        assertThat(verdict.get("lost").asInt()).isEqualTo(1);
        assertThat(verdict.get("duplicated").asInt()).isEqualTo(1);
        assertThat(verdict.get("wrong").asInt()).isEqualTo(1);
        assertThat(verdict.get("unexplained").asInt()).isEqualTo(1);
    }

    @Test
    void seesRefusalsThatAreMissingOrForAnotherReasonOrForNone() throws Exception {
        refused.clear();
        assertThat(check().get("unexplained").asInt()).isEqualTo(1);

        refused.add(new Quarantined("metering", "meter", "M.csv:3", "SCHEMA"));
        assertThat(check().get("unexplained").asInt()).isEqualTo(1);

        refused.add(new Quarantined("metering", "meter", "M.csv:4", "SCHEMA"));
        assertThat(check().get("unexplained").asInt()).isEqualTo(2);
    }

    @Test
    void takesTheRecordOutOfAnEventAsItStands() throws Exception {
        String value =
                "{\"specversion\":\"1.0\",\"id\":\"abc\",\"type\":\"org.isthmus.meter.delete.v1\",\"subject\":\"s\","
                        + "\"data\":{\"meta\":{\"record\":1},\"record\":{\"name\":\"张{三}\",\"id\":\"s\"}},\"sequence\":\"1\"}";

        Published event = FeedTopics.event(value.getBytes(StandardCharsets.UTF_8));

        assertThat(event).isEqualTo(new Published("abc", "s", "1", true, "{\"name\":\"张{三}\",\"id\":\"s\"}"));
    }

    private JsonNode check() throws IOException {
        Verdict verdict = new Verdict();
        Comparison records = new Comparison(verdict);
        Refusals refusals = new Refusals(verdict);
        truth.forEach(line -> Checker.expect(TruthLine.of(line), records, refusals));
        rows.forEach(records::see);
        refused.forEach(refusals::see);
        events.forEach(records::see);
        records.finish(truth.stream().map(TruthLine::of));
        refusals.finish();
        return new ObjectMapper().readTree(verdict.json());
    }

    private static String id(int i) {
        return "urn:isthmus:yj:metering:meter:" + i;
    }

    private static String body(int i) {
        return "{\"digits\":6,\"id\":\"" + id(i) + "\"}";
    }
}
