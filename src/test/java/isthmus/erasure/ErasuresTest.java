package isthmus.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.audit.Audit;
import isthmus.model.Chunk;
import isthmus.model.Fact;
import isthmus.model.Normalized;
import isthmus.model.Op;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import isthmus.security.seal.Opener;
import isthmus.security.seal.Sealed;
import isthmus.security.seal.Seals;
import isthmus.store.Cargo;
import isthmus.store.ChunkStore;
import isthmus.store.Quarantines;
import isthmus.store.RawObjects;
import isthmus.store.Runs;
import isthmus.store.Store;
import isthmus.store.Tally;
import isthmus.store.Tombstones;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ErasuresTest {
    /** Nobody is called or can be reached so. */
    private static final String NAME = "欧阳金丝雀";

    private static final List<String> CANARIES = List.of(
            NAME, "金丝雀", "13700001234", "canary@example.cn", "鸟巢路77号", "410***********7777", "canarycanarycanarycana");

    private static final String CUSTOMER = "urn:isthmus:yj:billing:customer:CANARY01";
    private static final String OTHER = "urn:isthmus:yj:billing:customer:OTHER001";
    private static final String REQUEST = "urn:isthmus:yj:billing:servicerequest:W0000001";

    private final Store store = Store.fresh();
    private final Seals seals = Sealed.seals(store.source);
    private final ChunkStore chunks = Sealed.chunks(store);
    private final Erasures erasures = new Erasures(
            store.source,
            seals.opener(),
            new Tombstones(store.source, chunks),
            new Runs(store.source, store.clock),
            new Audit(store.source, store.clock),
            store.clock);

    private static Fact customer(String id, int version, String name) {
        String body = "{\"addresses\":[{\"raw\":\"河南省新乡市鸟巢路77号\",\"role\":\"supply\"}],"
                + "\"consents\":[{\"at\":\"2026-01-01T00:00:00+08:00\",\"granted\":true,\"purpose\":\"billPush\"}],"
                + "\"contacts\":[{\"preferred\":true,\"type\":\"mobile\",\"value\":\"+8613700001234\"},"
                + "{\"preferred\":false,\"type\":\"email\",\"value\":\"canary@example.cn\"}],\"id\":\"" + id + "\","
                + "\"identifiers\":[{\"hash\":\"h1:canarycanarycanarycana\",\"masked\":\"410***********7777\","
                + "\"type\":\"cnResidentId\",\"verified\":true}],\"kind\":\"person\","
                + "\"name\":{\"display\":\"" + name + "\"},\"status\":\"active\"}";
        return Cargo.fact("customer", id, Op.UPSERT, version, body, null, List.of());
    }

    private static Fact request(int version) {
        String body = "{\"customer\":\"" + CUSTOMER + "\",\"id\":\"" + REQUEST + "\",\"kind\":\"complaint\",\"text\":\""
                + NAME + "来电\"}";
        return Cargo.fact(
                "servicerequest",
                REQUEST,
                Op.UPSERT,
                version,
                body,
                null,
                List.of(new Fact.Ref("/customer", CUSTOMER)));
    }

    @BeforeEach
    void somebodyIsKnown() {
        byte[] page = ("CANARY01|" + NAME + "\nOTHER001|李四").getBytes(StandardCharsets.UTF_8);
        chunks.commit(Cargo.chunk(
                1,
                "customer",
                List.of(Cargo.accepted(customer(CUSTOMER, 1, NAME)), Cargo.accepted(customer(OTHER, 1, "李四"))),
                page,
                null));
        chunks.commit(Cargo.chunk(1, customer(CUSTOMER, 2, NAME + "二")));
        chunks.commit(Cargo.chunk(1, request(1)));
    }

    private Erasure erased() {
        Erasure asked = erasures.request(CUSTOMER, "asked for in writing", "DSR-1", "operator");
        return erasures.approve(asked.number(), "checked", "privacy-officer");
    }

    @Test
    void nothingIsLeftInTheStoreThatNamesThePerson() {
        Erasure done = erased();

        assertThat(done.state()).isEqualTo("done");
        assertThat(done.destroyed()).isEqualTo(new Erasure.Destroyed(1, 5, 2, 1, 0));
        assertThat(Canary.in(store, List.of(NAME, "金丝雀", "13700001234", "canary@example.cn", "410***********7777")))
                .isEmpty();
        assertThat(store.sql
                        .sql("select id from record where contenthash = 'erased' and blind is null and deleted"
                                + " and rowhash = '00000000-0000-0000-0000-000000000000' and erased is not null")
                        .query(String.class)
                        .list())
                .containsExactly(CUSTOMER);
        assertThat(versions(CUSTOMER))
                .hasSize(2)
                .allSatisfy(version -> assertThat(version)
                        .contains("\"name\":null", "\"contacts\":[]", "\"identifiers\":[]", "erasedAt")
                        .doesNotContain("sealed:"));
        assertThat(opened(REQUEST)).contains("\"text\":null", "erasedAt");
        assertThat(new RawObjects(store.source, seals.opener()).get(page())).isEmpty();
        assertThat(opened(OTHER)).contains("李四");
    }

    /** What was copied away before, to Kafka or a backup, opens for nobody. */
    @Test
    void aCopyFromBeforeOpensNoMore() {
        String copy = store.sql
                .sql("select body from change where id = ? order by chunk limit 1")
                .param(CUSTOMER)
                .query(String.class)
                .single();
        assertThat(seals.opener().open("customer", CUSTOMER, copy)).contains(NAME);

        erased();

        Opener later = Sealed.seals(store.source).opener();
        assertThat(later.open("customer", CUSTOMER, copy)).doesNotContain(NAME).contains("erasedAt");
    }

    @Test
    void theFeedTellsThatThePersonIsGone() {
        erased();

        assertThat(store.sql
                        .sql("select op || ' ' || body from change where id = ? order by chunk desc limit 1")
                        .param(CUSTOMER)
                        .query(String.class)
                        .single())
                .startsWith("delete ")
                .contains("deletedAt")
                .doesNotContain("sealed:");
    }

    @Test
    void aLateRecordDoesNotBringThePersonBack() {
        erased();

        assertThat(chunks.commit(Cargo.chunk(1, customer(CUSTOMER, 900, NAME))))
                .isEqualTo(Map.of("customer", new Tally(1, 0, 0, 1, 0)));
        chunks.commit(Cargo.chunk(1, request(900)));

        assertThat(Canary.in(store, List.of(NAME, "金丝雀", "13700001234"))).isEmpty();
        assertThat(opened(REQUEST)).doesNotContain("金丝雀").contains("\"text\":null");
        assertThat(store.sql
                        .sql("select code || ' ' || subject from finding")
                        .query(String.class)
                        .list())
                .containsExactly(Reason.PERSON_ERASED.code() + " " + CUSTOMER);
    }

    /** A page names the person as a record does, and so does a row that is refused as something else. */
    @Test
    void whatComesAfterwardsIsNotKeptAsItCame() {
        erased();
        byte[] page = ("CANARY01|" + NAME + "|8\nOTHER001|李四|8").getBytes(StandardCharsets.UTF_8);

        chunks.commit(Cargo.chunk(
                1,
                "customer",
                List.of(Cargo.accepted(customer(CUSTOMER, 800, NAME)), Cargo.accepted(customer(OTHER, 800, "李四五"))),
                page,
                null));
        refuse("account", "0042|CANARY01|" + NAME);

        assertThat(opened(OTHER)).contains("李四五");
        assertThat(store.count("raw_object")).isZero();
        assertThat(new Quarantines(store.source, seals.opener()).bytes(1).orElseThrow())
                .isEmpty();
        refuse("account", "0042|OTHER001|李四五");
        assertThat(new Quarantines(store.source, seals.opener()).bytes(2).orElseThrow())
                .isNotEmpty();
    }

    @Test
    void aRequestThatComesAfterwardsSaysNothingOfThePerson() {
        erased();
        String id = REQUEST.replace("W0000001", "W0000002");
        String body = "{\"customer\":\"" + CUSTOMER + "\",\"id\":\"" + id + "\",\"text\":\"" + NAME + "又来电\"}";

        chunks.commit(Cargo.chunk(
                1,
                Cargo.fact(
                        "servicerequest", id, Op.UPSERT, 1, body, null, List.of(new Fact.Ref("/customer", CUSTOMER)))));

        assertThat(opened(id)).contains("\"text\":null").doesNotContain("金丝雀");
    }

    @Test
    void refusedPiecesOfThePersonAreKeptWithoutAByte() {
        refuse("CANARY01|" + NAME + "|2026-02-30");
        Quarantines quarantines = new Quarantines(store.source, seals.opener());
        assertThat(quarantines.bytes(1))
                .hasValueSatisfying(bytes -> assertThat(text(bytes)).contains(NAME));

        Erasure done = erased();
        refuse("CANARY01|" + NAME + "|2026-02-31");

        assertThat(done.destroyed()).isEqualTo(new Erasure.Destroyed(1, 5, 2, 1, 1));
        assertThat(store.count("quarantine")).isEqualTo(2);
        assertThat(store.sql
                        .sql("select id from quarantine order by id")
                        .query(Long.class)
                        .list())
                .allSatisfy(id ->
                        assertThat(quarantines.bytes(id).orElse(new byte[0])).isEmpty());
    }

    private void refuse(String line) {
        refuse("customer", line);
    }

    private void refuse(String entity, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        Outcome why =
                new Outcome.Rejected(Reason.DATE_INVALID, "BGN_DATE", "yyyyMMdd", Cargo.md5(CUSTOMER), Cargo.md5(line));
        Piece piece = new Piece(new String[0], List.of(), 1, "CANARY01", () -> bytes, null);
        Normalized as = Cargo.chunk(1, entity, List.of(why), null, null);
        Chunk chunk = new Chunk(
                "billing",
                entity,
                List.of(entity),
                1,
                null,
                List.of(piece),
                as.chunk().origin(),
                null,
                null);
        chunks.commit(new Normalized(chunk, as.outcomes(), as.mappings()));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void itTakesTwo() {
        Erasure asked = erasures.request(CUSTOMER, "asked for in writing", "DSR-1", "operator");

        assertThatThrownBy(() -> erasures.approve(asked.number(), "checked", "operator"))
                .isInstanceOf(Erasures.Unfit.class)
                .hasMessageContaining("two persons");
        assertThatThrownBy(() -> erasures.request(CUSTOMER, "again", "DSR-2", "operator"))
                .hasMessageContaining("already");
        assertThatThrownBy(() -> erasures.request("urn:isthmus:yj:billing:customer:NOBODY", "x", "y", "operator"))
                .isInstanceOf(Erasures.Unfit.class);
        assertThat(opened(CUSTOMER)).contains(NAME);

        assertThat(erasures.refuse(asked.number(), "withdrawn", "operator").state())
                .isEqualTo("refused");
        assertThatThrownBy(() -> erasures.approve(asked.number(), "checked", "privacy-officer"))
                .hasMessageContaining("refused already");
    }

    @Test
    void whatWasApprovedIsDoneAfterARestart() {
        Erasure asked = erasures.request(CUSTOMER, "asked for in writing", "DSR-1", "operator");
        store.sql
                .sql("update erasure set state = 'approved', decided_by = 'privacy-officer'")
                .update();

        erasures.resume();

        assertThat(erasures.get(asked.number()).orElseThrow().state()).isEqualTo("done");
    }

    @Test
    void theAuditHasEveryStep() {
        erased();

        List<String> steps = new ArrayList<>(store.audit());
        assertThat(steps).hasSize(3);
        assertThat(steps.get(0))
                .startsWith("operator erasure.request " + CUSTOMER)
                .contains("DSR-1");
        assertThat(steps.get(1)).startsWith("privacy-officer erasure.approved " + CUSTOMER);
        assertThat(steps.get(2)).startsWith("hub personal.erase " + CUSTOMER).contains("2 keys", "1 pages");
        assertThat(String.join(" ", steps)).doesNotContain(CANARIES);
    }

    private String opened(String id) {
        String entity = id.split(":")[4];
        String body = store.sql
                .sql("select body from record where id = ?")
                .param(id)
                .query(String.class)
                .single();
        return Sealed.seals(store.source).opener().open(entity, id, body);
    }

    private List<String> versions(String id) {
        return store.sql
                .sql("select body from record_history where id = ?")
                .param(id)
                .query(String.class)
                .list();
    }

    private String page() {
        return store.sql
                .sql("select raw_sha256 from chunk where raw_sha256 is not null")
                .query(String.class)
                .single();
    }
}
