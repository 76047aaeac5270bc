package isthmus.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.feed.Corpus;
import isthmus.model.Entities;
import isthmus.normalize.Schemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MaskingTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is told of a person's entity to everybody who may see it. A new member of a schema is decided here before it is told. */
    private static final Map<String, String> TOLD = Map.of(
            "customer",
            "id kind segment industryCode importance specialNeeds status locale consents "
                    + "deceasedOrDissolved validFrom validTo",
            "unifiedcustomer",
            "id kind segment status locale consents household provenance conflicts links accounts "
                    + "servicePoints aliases confidence builtAt",
            "account",
            "id accountNo customer orgUnit category categoryCode status openedAt closedAt billingCycle "
                    + "billingDay payMethod prepay servicePoints contractCapacity runningCapacity currency balance "
                    + "balanceAt creditHold validFrom validTo",
            "servicepoint",
            "id servicePointNo kind usage role timeZone transformerArea feeder voltage phases "
                    + "meteringMode connection status readRoute readCycle readSequence parent minimalUsageExpected "
                    + "validFrom validTo",
            "servicerequest",
            "id customer account servicePoint kind channel openedAt dueAt closedAt status priority "
                    + "satisfaction relatedBill parent validFrom validTo");

    @Test
    void everyMemberOfAPersonsEntityIsDecided() throws IOException {
        assertThat(TOLD.keySet()).isEqualTo(Rights.PERSONAL);
        for (String entity : Rights.PERSONAL) {
            Set<String> members = new HashSet<>();
            JSON.readTree(Files.readString(Path.of("src/main/resources" + "/isthmus/schema/v1/" + entity + ".json")))
                    .path("properties")
                    .fieldNames()
                    .forEachRemaining(members::add);
            Set<String> decided = told(entity);
            decided.addAll(Masking.hiddenOf(entity));

            assertThat(decided).as(entity).containsAll(members);
            assertThat(told(entity)).as(entity).doesNotContainAnyElementsOf(Masking.hiddenOf(entity));
        }
    }

    @Test
    void aMaskedRecordIsARecordOfItsSchemaAndDoesNotChangeWhatIsTold() throws IOException {
        for (Map.Entry<String, List<String>> entity : Corpus.of("1.0").entrySet()) {
            for (String record : entity.getValue()) {
                String masked = masked(entity.getKey(), record);
                JsonNode before = JSON.readTree(record);
                JsonNode after = JSON.readTree(masked);
                before.fieldNames().forEachRemaining(member -> {
                    if (!Masking.hiddenOf(entity.getKey()).contains(member)) {
                        assertThat(after.get(member)).as(member).isEqualTo(before.get(member));
                    }
                });
                if (Entities.ALL.contains(entity.getKey())) {
                    assertThat(Schemas.faults(entity.getKey(), masked))
                            .as(masked)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void nobodyIsNamedInAMaskedRecord() {
        assertThat(masked("customer", """
                {"addresses":[{"adminCode":"410702","confidence":0.90,"coreKey":"410702|平原路|28","normalized":"新乡市红旗区平原路28号",\
                "parts":{"county":"红旗区","road":"平原路"},"raw":"新乡市红旗区平原路28号","role":"mailing"}],\
                "contacts":[{"masked":"137****1234","preferred":true,"raw":"tel 13700001234","type":"mobile","value":"+8613700001234"},\
                {"masked":null,"preferred":false,"type":"email","value":"zhang@example.cn"},{"preferred":false,"type":"phone","value":null}],\
                "ext":{"yj.age":44,"yj.consNo":"310","yj.kin":{"name":"章伟"}},"id":"urn:isthmus:yj:crm:customer:C1",\
                "identifiers":[{"hash":"h1:AAAAAAAAAAAAAAAAAAAAAA","masked":"410***********123X","number":"410702198001011234","type":"cnResidentId","verified":true}],\
                "kind":"person","name":{"display":"章伟","legal":null,"normalized":"章伟","note":"章家老二"},"status":"active"}""")).isEqualTo("""
                {"addresses":[{"adminCode":"410702","confidence":0.90,"coreKey":"***","normalized":"新乡市红旗区***",\
                "parts":{"county":"红旗区","road":"***"},"raw":"新乡市红旗区***","role":"mailing"}],\
                "contacts":[{"masked":"137****1234","preferred":true,"raw":"***","type":"mobile","value":"137****1234"},\
                {"masked":null,"preferred":false,"type":"email","value":"z***@example.cn"},{"preferred":false,"type":"phone","value":null}],\
                "ext":{"yj.age":null,"yj.consNo":"***","yj.kin":{"name":"***"}},"id":"urn:isthmus:yj:crm:customer:C1",\
                "identifiers":[{"hash":"h0:______________________","masked":"410***********123X","number":"***","type":"cnResidentId","verified":true}],\
                "kind":"person","name":{"display":"章*","legal":null,"normalized":"章*","note":"***"},"status":"active"}""");
        assertThat(masked("servicepoint", """
                {"address":{"normalized":"新乡市平原路28号","raw":"新乡市平原路28号"},"id":"x","position":{"datum":"WGS84","lat":35.3,"lon":113.9}}""")).isEqualTo("""
                {"address":{"normalized":"新乡市***","raw":"新乡市***"},"id":"x","position":null}""");
        assertThat(masked("servicerequest", "{\"id\":\"x\",\"subjectText\":\"章伟 rang\",\"text\":null}"))
                .isEqualTo("{\"id\":\"x\",\"subjectText\":\"***\",\"text\":null}");
    }

    @Test
    void whatNamesNobodyGoesOutAsItIs() {
        byte[] bill = "{\"amounts\":{\"total\":\"12.00\"},\"id\":\"x\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(Masking.mask("bill", bill)).isSameAs(bill);
        assertThat(Masking.maskEvent("bill", bill)).isSameAs(bill);
    }

    @Test
    void anEventKeepsItsEnvelope() {
        byte[] event =
                "{\"id\":\"e\",\"data\":{\"meta\":{\"quality\":[]},\"record\":{\"id\":\"x\",\"name\":{\"display\":\"章伟\"}}}}"
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(new String(Masking.maskEvent("customer", event), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"id\":\"e\",\"data\":{\"meta\":{\"quality\":[]},\"record\":{\"id\":\"x\",\"name\":{\"display\":\"章*\"}}}}");
    }

    private static Set<String> told(String entity) {
        return new HashSet<>(List.of(Objects.requireNonNull(TOLD.get(entity)).split(" ")));
    }

    private static String masked(String entity, String record) {
        return new String(Masking.mask(entity, record.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
