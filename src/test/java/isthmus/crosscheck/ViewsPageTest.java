package isthmus.crosscheck;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The views of docs/reconciliation.md are written from the migrated store ({@code -Dgolden=write}). */
class ViewsPageTest {
    private static final Path PAGE = Path.of("docs/reconciliation.md");
    private static final String FROM = "<!-- views -->\n";
    private static final String TO = "<!-- end of views -->\n";

    @Test
    void thePageListsTheViewsOfTheStore() throws IOException {
        String page = Files.readString(PAGE);
        String written =
                page.substring(0, page.indexOf(FROM) + FROM.length()) + views() + page.substring(page.indexOf(TO));
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, written);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(written);
    }

    private static String views() {
        StringBuilder table = new StringBuilder("| view | holds | columns |\n|---|---|---|\n");
        Store.fresh()
                .sql
                .sql("""
                        select c.relname, obj_description(c.oid), string_agg('`' || a.attname || '`', ' ' order by a.attnum)
                        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
                        where c.relkind = 'v' and c.relname like 'v\\_%'
                        group by c.oid, c.relname order by c.relname collate "C"
                        """)
                .query((row, n) ->
                        "| `" + row.getString(1) + "` | " + row.getString(2) + " | " + row.getString(3) + " |\n")
                .list()
                .forEach(table::append);
        return table.toString();
    }
}
