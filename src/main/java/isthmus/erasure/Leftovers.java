package isthmus.erasure;

import isthmus.model.Urn;
import isthmus.store.Quarantines;
import isthmus.store.RawObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Pages as they were received and pieces that were refused, in which a person stands: each is opened and searched for the words
 * by which its system knows the person, since a page is kept for many records and says of none that it is in it.
 */
final class Leftovers {
    private final JdbcClient sql;
    private final RawObjects raw;
    private final Quarantines quarantines;

    Leftovers(JdbcClient sql, RawObjects raw, Quarantines quarantines) {
        this.sql = sql;
        this.raw = raw;
        this.quarantines = quarantines;
    }

    /** By the SHA-256 of their bytes. */
    List<String> pages(Map<String, Set<String>> words) {
        List<String> pages = new ArrayList<>();
        words.forEach((system, of) -> {
            for (String page : sql.sql(
                            "select distinct raw_sha256 from chunk where system = ? and raw_sha256 is not null")
                    .param(system)
                    .query(String.class)
                    .list()) {
                if (raw.get(page).filter(bytes -> Urn.isIn(of, bytes)).isPresent()) {
                    pages.add(page);
                }
            }
        });
        return pages;
    }

    /** By the numbers of their entries. */
    List<Long> refusals(Map<String, Set<String>> words) {
        List<Long> refusals = new ArrayList<>();
        words.forEach((system, of) -> {
            for (long entry : sql.sql("select id from quarantine where system = ?")
                    .param(system)
                    .query(Long.class)
                    .list()) {
                if (quarantines
                        .bytes(entry)
                        .filter(bytes -> Urn.isIn(of, bytes))
                        .isPresent()) {
                    refusals.add(entry);
                }
            }
        });
        return refusals;
    }
}
