package isthmus.identity;

import isthmus.store.Store;
import java.util.List;
import java.util.Set;

/** What stands in the log, as text: {@code XREF vetoed ended-before billing account 310 = crm customer C1}. */
final class Pairs {
    static final Set<String> SYSTEMS = Set.of("billing", "crm", "metering", "old");

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
