package isthmus.identity;

import isthmus.security.seal.Blind;
import isthmus.security.seal.MasterKeys;
import isthmus.security.seal.Opener;
import isthmus.security.seal.Profile;
import isthmus.security.seal.Sealer;
import isthmus.security.seal.Seals;
import isthmus.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Seals of a store under keys that nobody else has, and a look at whether something is there in clear. */
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
        List<Stored> all = new ArrayList<>(store.sql
                .sql("select entity, id, body from record")
                .query((row, n) -> new Stored(row.getString(1), row.getString(2), row.getString(3)))
                .list());
        try (Connection connection = store.source.getConnection()) {
            seals.sealer().seal(connection, all);
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
        all.forEach(one -> store.sql
                .sql("update record set body = cast(? as json), key = ? where id = ?")
                .params(one.text, one.key, one.id)
                .update());
    }

    /** Where in the store a text stands, in any table: as text, or as its bytes. */
    static List<String> findings(Store store, List<String> texts) {
        List<String> findings = new ArrayList<>();
        List<String> tables = store.sql
                .sql(
                        "select quote_ident(table_schema) || '.' || quote_ident(table_name) from information_schema.tables"
                                + " where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')")
                .query(String.class)
                .list();
        for (String table : tables) {
            for (String text : texts) {
                long found = store.sql
                        .sql("select count(*) from " + table + " t where position(:text in t::text) > 0 or"
                                + " position(encode(convert_to(:text, 'UTF8'), 'hex') in t::text) > 0")
                        .param("text", text)
                        .query(Long.class)
                        .single();
                if (found > 0) {
                    findings.add(table + " " + text);
                }
            }
        }
        return findings;
    }

    private static final class Stored implements Sealer.Sealable {
        private final String entity;
        private final String id;
        private String text;
        private @Nullable Long key;

        Stored(String entity, String id, String text) {
            this.entity = entity;
            this.id = id;
            this.text = text;
        }

        @Override
        public String entity() {
            return entity;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public @Nullable Long key() {
            return key;
        }

        @Override
        public boolean isOfErased() {
            return false;
        }

        @Override
        public byte[] body() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void seal(long number, byte[] body, long @Nullable [] blind) {
            key = number;
            text = new String(body, StandardCharsets.UTF_8);
        }
    }
}
