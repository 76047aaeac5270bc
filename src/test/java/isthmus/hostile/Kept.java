package isthmus.hostile;

import isthmus.security.seal.Opener;
import isthmus.security.seal.Sealed;
import isthmus.store.Store;
import java.util.List;

/** What the store holds of a piece: refused with its reason, or recorded with its flags. */
record Kept(Store store) {

    /** The reason of a refusal, under its locator. */
    String refusal(String system, String locator) {
        return reasons("locator = ?", system, locator);
    }

    /** The same for every locator that begins so. */
    String refusals(String system, String prefix) {
        return reasons("starts_with(locator, ?)", system, prefix);
    }

    private String reasons(String where, String system, String locator) {
        return String.join(
                " ",
                store.sql
                        .sql("select distinct reason from quarantine where system = ? and " + where)
                        .params(system, locator)
                        .query(String.class)
                        .list());
    }

    /** {@code stored} with its flags; empty when there is no record whose id begins so. */
    String record(String prefix) {
        List<String> flags = store.sql
                .sql(
                        "select coalesce((select string_agg(distinct ' ' || (flag ->> 'code'), '' order by ' ' || (flag ->> 'code'))"
                                + " from json_array_elements(quality) flag), '') from record"
                                + " where starts_with(id, ?) and not deleted order by id")
                .param(prefix)
                .query(String.class)
                .list();
        return flags.isEmpty() ? "" : flags.size() == 1 ? "stored" + flags.get(0) : flags.size() + " records";
    }

    /** How many records go by an id in whatever case. */
    String spellings(String id) {
        long records = store.count("record where upper(id) = upper('" + id + "')");
        return records == 0 ? "" : records + (records == 1 ? " record" : " records");
    }

    /** In clear. */
    String bodies(String prefix) {
        Opener opener = Sealed.seals(store.source).opener();
        return String.join(
                "\n",
                store.sql
                        .sql("select entity, id, body::text from record where starts_with(id, ?)")
                        .param(prefix)
                        .query((row, n) -> opener.open(row.getString(1), row.getString(2), row.getString(3)))
                        .list());
    }

    static String id(String system, String entity, String key) {
        return "urn:isthmus:yj:" + system + ":" + entity + ":" + key;
    }
}
