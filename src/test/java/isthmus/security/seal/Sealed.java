package isthmus.security.seal;

import isthmus.store.ChunkStore;
import isthmus.store.Store;
import java.util.Base64;
import java.util.Set;
import javax.sql.DataSource;

/** A way to seal what tests store, under keys that everybody knows. */
public final class Sealed {
    public static final String HMAC = Base64.getEncoder().encodeToString(new byte[32]);

    private Sealed() {}

    public static Seals seals(DataSource store) {
        MasterKeys masters = new MasterKeys(Profile.INTL, MasterKeys.NOBODYS, "");
        return new Seals(
                new Sealer(masters, new Blind(Profile.INTL, HMAC), Set.of("yj.consNo")), new Opener(masters, store));
    }

    public static ChunkStore chunks(Store store) {
        return new ChunkStore(store.source, store.clock, seals(store.source).sealer());
    }
}
