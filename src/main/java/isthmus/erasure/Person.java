package isthmus.erasure;

import isthmus.model.Urn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * All records that are one person: the customers that identity takes for one, and what it has made of them.
 *
 * @param customers ids of records of legacy systems
 * @param unified ids of unified customers, as a rule one
 */
record Person(List<String> customers, List<String> unified) {
    /** @return without customers where there is no such record, or only one that is of nobody */
    static Person of(JdbcClient sql, String subject) {
        Set<String> customers = new TreeSet<>();
        Set<String> unified = new TreeSet<>();
        sql.sql("""
                        with named as (
                            select golden from golden_member where golden = :id or member = :id
                            union select id from golden where anchor = :id)
                        select id, true from record_customer where id = :id
                        union select m.member, true from golden_member m join named using (golden)
                        union select golden, false from named
                        union select id, false from record_unifiedcustomer where id = :id""").param("id", subject).query(row -> {
            (row.getBoolean(2) ? customers : unified).add(row.getString(1));
        });
        return new Person(new ArrayList<>(customers), new ArrayList<>(unified));
    }

    List<String> all() {
        List<String> all = new ArrayList<>(customers);
        all.addAll(unified);
        return all;
    }

    /** The legacy systems that know the person, and by which ids. */
    Map<String, List<String>> bySystem() {
        return customers.stream().collect(Collectors.groupingBy(Urn::silo, TreeMap::new, Collectors.toList()));
    }

    /** The words by which each of them knows the person in what it sends. */
    Map<String, Set<String>> words() {
        Map<String, Set<String>> words = new TreeMap<>();
        customers.forEach(id ->
                words.computeIfAbsent(Urn.silo(id), system -> new TreeSet<>()).addAll(Urn.words(id)));
        return words;
    }
}
