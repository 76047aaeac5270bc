package isthmus.identity;

import isthmus.security.seal.Blind;
import isthmus.security.seal.MasterKeys;
import isthmus.security.seal.Opener;
import isthmus.security.seal.Profile;
import isthmus.security.seal.Sealer;
import isthmus.security.seal.Sealer.Clear;
import isthmus.security.seal.Sealer.Sealed;
import isthmus.security.seal.Seals;
import isthmus.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Seals of a store under keys that nobody else has. */
final class SealedStore {
    private static final SecureRandom RANDOM = new SecureRandom();

    private SealedStore() {}

    static Seals seals(Store store) {
        MasterKeys masters = new MasterKeys(Profile.INTL, fresh(), "");
        Blind blind = new Blind(Profile.INTL, fresh());
        return new Seals(new Sealer(masters, blind, Set.of("yj.consNo")), new Opener(masters, store.source));
    }

    private static String fresh() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Seals the records that were put into the store in clear. */
    static void seal(Store store, Seals seals) {
        List<Clear> all = store.sql
                .sql("select entity, id, body from record")
                .query((row, n) -> new Clear(row.getString(1), row.getString(2), null, false, row.getBytes(3)))
                .list();
        try (Connection connection = store.source.getConnection()) {
            List<Sealed> sealed = seals.sealer().seal(connection, all);
            for (int i = 0; i < all.size(); i++) {
                store.sql
                        .sql("update record set body = cast(? as json), key = ? where id = ?")
                        .params(
                                new String(sealed.get(i).body(), StandardCharsets.UTF_8),
                                sealed.get(i).key(),
                                all.get(i).id())
                        .update();
            }
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
