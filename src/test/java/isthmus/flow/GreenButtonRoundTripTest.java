package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.flow.Crossed.Said;
import isthmus.model.Canon;
import isthmus.model.Fact;
import isthmus.model.Op;
import isthmus.serve.Service;
import isthmus.store.Cargo;
import isthmus.store.Store;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** What is told as Green Button is, read by our own reader as a stranger's file, what the store has: value by value. */
@NullUnmarked
class GreenButtonRoundTripTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String ASKED = "urn:isthmus:yj:billing:servicepoint:MP1";
    private static final String MEASURED = "urn:isthmus:yj:metering:servicepoint:MP1";
    private static final String NAME = "张三丰";
    private static final List<String> FLAGS =
            List.of("estimated", "edited", "questionable", "derived", "projected", "powerFail");

    private static Service service;
    private static final List<JsonNode> BLOCKS = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        Store store = Store.fresh();
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random dice = new Random(seed);
        List<Fact> facts = new ArrayList<>();
        for (String day : List.of("2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25", "2026-10-26")) {
            facts.add(block(dice, LocalDate.parse(day), "delivered", -3));
            facts.add(block(dice, LocalDate.parse(day), "received", day.startsWith("2026-10") ? -2 : -3));
        }
        store.chunks.commit(Cargo.chunk(1, facts));
        store.chunks.commit(Cargo.chunk(1, point(ASKED), point(MEASURED)));
        service = Service.over(store);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Fact point(String id) {
        Map<String, Object> body = Map.of(
                "id", id, "servicePointNo", "MP1", "timeZone", BERLIN.getId(), "address", Map.of("raw", NAME + "宅"));
        return fact("servicepoint", id, id, Canon.bytes(body), null);
    }

    private static Fact fact(String entity, String id, String key, byte[] body, LocalDate day) {
        return new Fact(
                id,
                entity,
                Op.UPSERT,
                Cargo.sequence(1),
                Cargo.TIME,
                key,
                body,
                Cargo.hash(body),
                Cargo.md5(id),
                Cargo.md5(id + "1"),
                List.of(),
                List.of(),
                day,
                null,
                null,
                null);
    }

    private static Fact block(Random dice, LocalDate day, String flow, int scale) throws Exception {
        var start = day.atStartOfDay(BERLIN);
        var end = day.plusDays(1).atStartOfDay(BERLIN);
        int expected = Math.toIntExact((end.toEpochSecond() - start.toEpochSecond()) / 900);
        List<Object> values = new ArrayList<>();
        List<Map<String, Object>> quality = new ArrayList<>();
        long sum = 0;
        int received = 0;
        for (int i = 0; i < expected; i++) {
            boolean isGap = dice.nextInt(8) == 0;
            long value = dice.nextInt(100_000);
            values.add(isGap ? null : value);
            sum += isGap ? 0 : value;
            received += isGap ? 0 : 1;
            if (isGap) {
                quality.add(Map.of("at", i, "n", 1, "flag", "missing"));
            } else if (dice.nextInt(5) == 0) {
                quality.add(Map.of("at", i, "n", 1, "flag", FLAGS.get(dice.nextInt(FLAGS.size()))));
            }
        }
        String id = "urn:isthmus:yj:metering:intervalblock:M1/kwh-" + flow + "/" + day + "/raw";
        Map<String, Object> body = new HashMap<>();
        body.put("id", id);
        body.put("servicePoint", MEASURED);
        body.put("meter", "urn:isthmus:yj:metering:meter:M1");
        body.put("series", "raw");
        body.put("readingType", Map.of("quantity", "activeEnergy", "flow", flow, "accumulation", "delta"));
        body.put("unit", "kWh");
        body.put("scale", scale);
        body.put("start", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(start));
        body.put("end", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(end));
        body.put("timeZone", BERLIN.getId());
        body.put("localDate", day.toString());
        body.put("intervalLength", "PT15M");
        body.put("expected", expected);
        body.put("received", received);
        body.put("values", values);
        body.put("defaultQuality", "actual");
        body.put("quality", quality);
        body.put("multiplierApplied", "1");
        body.put("sum", Canon.decimal(Canon.Kind.DECIMAL, BigDecimal.valueOf(sum, -scale)));
        byte[] bytes = Canon.bytes(body);
        BLOCKS.add(new ObjectMapper().readTree(bytes));
        return fact("intervalblock", id, MEASURED, bytes, day);
    }

    private static HttpResponse<String> feed(String from, String to) throws Exception {
        return service.get(
                "/api/v1/servicepoint/" + Service.encoded(ASKED) + "/greenbutton?from=" + from + "&to=" + to);
    }

    /** Day and flow, then position by position the value in kWh and its quality. */
    private static Map<String, List<String>> said(Iterable<JsonNode> blocks) {
        Map<String, List<String>> said = new TreeMap<>();
        for (JsonNode block : blocks) {
            List<String> flags = new ArrayList<>();
            block.path("values")
                    .forEach(value -> flags.add(block.path("defaultQuality").asText()));
            for (JsonNode run : block.path("quality")) {
                for (int i = 0; i < run.path("n").asInt(); i++) {
                    flags.set(run.path("at").asInt() + i, run.path("flag").asText());
                }
            }
            List<String> positions = new ArrayList<>();
            int scale = block.path("scale").asInt();
            for (int i = 0; i < flags.size(); i++) {
                JsonNode value = block.path("values").get(i);
                positions.add((value.isNull()
                                ? "-"
                                : new BigDecimal(value.asText())
                                        .movePointRight(scale)
                                        .setScale(3)) + " " + flags.get(i));
            }
            said.put(
                    block.path("localDate").asText() + " "
                            + block.at("/readingType/flow").asText(),
                    positions);
        }
        return said;
    }

    @Test
    void everyValueQualityAndGapComesBackOnDaysOfThreeLengths() throws Exception {
        HttpResponse<String> feed = feed("2026-03-01", "2026-12-01");
        Path routes = folder.resolve("routes");
        Routes.copy(Path.of("examples"), routes);
        Path card = routes.resolve("greenbutton/system.yaml");
        Files.writeString(card, Files.readString(card).replace("America/New_York", BERLIN.getId()));
        Files.writeString(Files.createDirectories(folder.resolve("in")).resolve("feed.xml"), feed.body());

        Crossed crossed =
                Crossed.run(routes, Examples.environment("GREENBUTTON_FOLDER", folder), "greenbutton", "usage");

        assertThat(feed.statusCode()).isEqualTo(200);
        assertThat(crossed.reasons("feed.xml")).isEmpty();
        Map<String, List<String>> read =
                said(crossed.accepted("feed.xml").stream().map(Said::record).toList());
        assertThat(read).isEqualTo(said(BLOCKS)).hasSize(10);
        assertThat(read.get("2026-03-29 delivered")).hasSize(92);
        assertThat(read.get("2026-10-25 delivered")).hasSize(100);
    }

    @Test
    void theFeedIsOfItsNamespacesNamesNobodyAndSaysTheZonesRules() throws Exception {
        String feed = feed("2026-03-28", "2026-03-29").body();

        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(feed)));
        assertThat(document.getElementsByTagNameNS("http://www.w3.org/2005/Atom", "entry")
                        .getLength())
                .isEqualTo(2 + 2 * 3);
        assertThat(document.getElementsByTagNameNS("http://naesb.org/espi", "IntervalBlock")
                        .getLength())
                .isEqualTo(2);
        assertThat(document.getElementsByTagNameNS("http://naesb.org/espi", "dstStartRule")
                        .item(0)
                        .getTextContent())
                .isEqualTo("3E0E2000");
        assertThat(document.getElementsByTagNameNS("http://naesb.org/espi", "dstEndRule")
                        .item(0)
                        .getTextContent())
                .isEqualTo("AE0E3000");
        assertThat(feed).doesNotContain(NAME, "MP1", "M1/");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-13-01,2026-12-01,from",
        "2026-03-01,soon,to",
        "2026-03-01,2026-03-01,to",
        "2026-03-01,2028-03-01,to"
    })
    void aRangeThatIsNoneIsRefused(String from, String to, String field) throws Exception {
        HttpResponse<String> answer = feed(from, to);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new ObjectMapper().readTree(answer.body()).path("field").asText())
                .isEqualTo(field);
    }

    @Test
    void aPointThatThereIsNotIsUnknownAndAnotherFormIsNotAcceptable() throws Exception {
        String range = "/greenbutton?from=2026-03-01&to=2026-04-01";

        assertThat(service.get("/api/v1/servicepoint/urn:x" + range).statusCode())
                .isEqualTo(404);
        assertThat(service.get("/api/v1/servicepoint/" + Service.encoded(ASKED) + range, "Accept", "application/json")
                        .statusCode())
                .isEqualTo(406);
    }
}
