package isthmus.identity;

import isthmus.catalog.CatalogReader;
import isthmus.catalog.LegacySystem;
import isthmus.store.Store;
import java.nio.file.Path;
import java.util.List;

/** What stands in the log, as text: {@code XREF vetoed ended-before billing account 310 = crm customer C1}. */
final class Pairs {
    static final List<LegacySystem> SYSTEMS =
            CatalogReader.sound(List.of(Path.of("routes/billing"), Path.of("routes/crm"), Path.of("routes/metering")));

    private Pairs() {}

    static List<String> standing(Store store) {
        return store.sql.sql("""
                        select concat_ws(' ', (select string_agg(e ->> 'rule', '+' order by n)
                                               from jsonb_array_elements(evidence) with ordinality as a(e, n)
                                               where e -> 'rule' is not null),
                                         v.state, v.reason, v.left_silo, v.left_entity, v.left_no, '=',
                                         v.right_silo, v.right_entity, v.right_no)
                        from v_link v join link_now using (left_id, right_id) order by 1
                        """).query(String.class).list();
    }
}
