package isthmus.security.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.audit.Audit;
import isthmus.audit.Audit.By;
import isthmus.model.Op;
import isthmus.store.Cargo;
import isthmus.store.ChunkStore;
import isthmus.store.Store;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final String ID = "urn:isthmus:yj:crm:customer:C1";
    private static final By SOMEBODY = new By("oscar", "once a year");

    private final Store store = Store.fresh();

    private static String key(int of) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) of;
        return Base64.getEncoder().encodeToString(bytes);
    }

    private Opener opener(String current, String former) {
        return new Opener(new MasterKeys(Profile.INTL, current, former), store.source);
    }

    private void commit(Profile profile, String key, String former, String id) {
        Sealer sealer = new Sealer(new MasterKeys(profile, key, former), new Blind(profile, Sealed.HMAC), Set.of());
        String body = "{\"id\":\"" + id + "\",\"name\":{\"display\":\"章三\"}}";
        new ChunkStore(store.source, store.clock, sealer)
                .commit(Cargo.chunk(1, Cargo.fact("customer", id, Op.UPSERT, 1, body, null, List.of())));
    }

    private String body() {
        return store.sql
                .sql("select body from record where id = ?")
                .param(ID)
                .query(String.class)
                .single();
    }

    @Test
    void allKeysComeUnderTheNewOneAndTheFormerOpensNothingMore() {
        commit(Profile.INTL, key(1), "", ID);
        commit(Profile.INTL, key(1), "", ID + "2");
        String before = body();
        Rotation rotation = new Rotation(
                new MasterKeys(Profile.INTL, key(2), key(1)), store.source, new Audit(store.source, store.clock));

        assertThat(rotation.rotate(SOMEBODY)).isEqualTo(2);

        assertThat(rotation.rotate(SOMEBODY)).isZero();
        assertThat(rotation.standing()).extracting(Rotation.Standing::keys).containsExactly(2L);
        assertThat(body()).isEqualTo(before);
        assertThat(opener(key(2), "").open("customer", ID, before)).contains("章三");
        Opener withFormer = opener(key(1), "");
        assertThatThrownBy(() -> withFormer.open("customer", ID, before)).isInstanceOf(SealAway.class);
        commit(Profile.INTL, key(2), "", ID + "3");
        assertThat(store.audit()).hasSize(4).first().asString().contains("oscar seal.rotate", "once a year");
    }

    @Test
    void aKeyThatWasDestroyedStaysDestroyed() {
        commit(Profile.INTL, key(1), "", ID);
        store.sql
                .sql("update data_key set wrapped = null, master = null, erased = now()")
                .update();

        new Rotation(new MasterKeys(Profile.INTL, key(2), key(1)), store.source, new Audit(store.source, store.clock))
                .rotate(SOMEBODY);

        assertThat(opener(key(2), key(1)).open("customer", ID, body())).contains("\"display\":null", "erasedAt");
    }

    @Test
    void aKeyThatIsNotHereStopsItAndNothingIsLost() {
        commit(Profile.INTL, key(1), "", ID);
        Rotation rotation = new Rotation(
                new MasterKeys(Profile.INTL, key(2), ""), store.source, new Audit(store.source, store.clock));

        assertThatThrownBy(() -> rotation.rotate(SOMEBODY)).isInstanceOf(SealAway.class);

        assertThat(opener(key(1), "").open("customer", ID, body())).contains("章三");
    }

    @Test
    void whatIsWrittenWhileItGoesOnComesUnderTheNewOne() {
        commit(Profile.INTL, key(1), "", ID);
        commit(Profile.GM, key(2), key(1), ID + "2");
        Rotation rotation = new Rotation(
                new MasterKeys(Profile.GM, key(2), key(1)), store.source, new Audit(store.source, store.clock));

        assertThat(rotation.rotate(SOMEBODY)).isEqualTo(1);

        assertThat(new Opener(new MasterKeys(Profile.GM, key(2), ""), store.source).open("customer", ID, body()))
                .contains("章三");
    }
}
