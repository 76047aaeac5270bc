package isthmus.erasure;

import isthmus.store.Store;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Searches every table of a store for words that only one person has, in text and in bytes of any charset. */
public final class Canary {
    private static final List<Charset> CHARSETS = List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"));

    private Canary() {}

    /** Where one of them was found. */
    public static List<String> in(Store store, List<String> words) {
        List<String> found = new ArrayList<>();
        List<String> tables = store.sql
                .sql(
                        "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'")
                .query(String.class)
                .list();
        for (String table : tables) {
            for (String word : words) {
                long rows = store.sql
                        .sql("select count(*) from \"" + table + "\" t where position(? in t::text) > 0")
                        .param(word)
                        .query(Long.class)
                        .single();
                for (Charset charset : CHARSETS) {
                    // Bytes are told in hexadecimal by the text of a row.
                    rows += store.sql
                            .sql("select count(*) from \"" + table + "\" t where position(? in t::text) > 0")
                            .param(HexFormat.of().formatHex(word.getBytes(charset)))
                            .query(Long.class)
                            .single();
                }
                if (rows > 0) {
                    found.add(table + ": " + word);
                }
            }
        }
        return found;
    }
}
