package isthmus.serve.records;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing by which an entity can be searched; its index stands in V120__serve.sql.
 *
 * @param condition with one {@code ?} for each of {@link #takes}
 * @param of the entity that the parameter refers to; null when the parameter is a plain text
 */
record Facet(
        String name,
        String condition,
        List<Takes> takes,
        @Nullable String of) {
    /** What a condition is given of its parameter. */
    enum Takes {
        /** The text itself. */
        TEXT,
        /** Every id by which the searched records may name the one that is referred to. */
        IDS,
        /** The ids of the referred record in its own table. */
        ITS_IDS,
        /** Its native key. */
        KEY
    }

    boolean isReference() {
        return of != null;
    }

    /** The entity of a reference. */
    String refersTo() {
        return Objects.requireNonNull(of, name);
    }

    private static final String AGGREGATE = "partitionkey = any(?)";
    private static final String POINTS = "point_keys(body) @> array[?::text]";

    static final Map<String, List<Facet>> OF = Map.ofEntries(
            entry("customer", List.of(new Facet("account", """
                    id in (select a.body ->> 'customer' from record_account a where a.entity = 'account' and a.id = any(?)
                           union all select customer_id from v_accountcustomer where account_no = ?)""", List.of(Takes.ITS_IDS, Takes.KEY), "account"))),
            entry(
                    "account",
                    List.of(
                            text("accountNo"),
                            reference("customer", "body ->> 'customer' = any(?)", Takes.IDS, "customer"),
                            reference("servicePoint", POINTS, Takes.KEY, "servicepoint"))),
            entry("servicepoint", List.of(text("servicePointNo"), reference("account", """
                            body ->> 'servicePointNo' in (select unnest(point_keys(a.body)) from record_account a
                                                          where a.entity = 'account' and a.id = any(?))""", Takes.ITS_IDS, "account"))),
            entry(
                    "meter",
                    List.of(
                            text("assetNo"),
                            text("commAddress"),
                            reference("servicePoint", POINTS, Takes.KEY, "servicepoint"))),
            entry("intervalblock", List.of(reference("servicePoint", AGGREGATE, Takes.IDS, "servicepoint"))),
            entry("registerreading", List.of(reference("servicePoint", AGGREGATE, Takes.IDS, "servicepoint"))),
            entry("tariff", List.of(text("code"))),
            entry("bill", List.of(reference("account", AGGREGATE, Takes.IDS, "account"))),
            entry("payment", List.of(reference("account", AGGREGATE, Takes.IDS, "account"))),
            entry(
                    "servicerequest",
                    List.of(
                            reference("customer", "body ->> 'customer' = any(?)", Takes.IDS, "customer"),
                            reference("account", "native_key(body ->> 'account') = ?", Takes.KEY, "account"),
                            reference(
                                    "servicePoint",
                                    "native_key(body ->> 'servicePoint') = ?",
                                    Takes.KEY,
                                    "servicepoint"))),
            entry(
                    "unifiedcustomer",
                    List.of(
                            reference(
                                    "customer",
                                    "id in (select golden from golden_member where member = any(?))",
                                    Takes.ITS_IDS,
                                    "customer"),
                            reference("account", """
                                    id in (select m.golden from record_account a join golden_member m on m.member = a.body ->> 'customer'
                                           where a.entity = 'account' and a.id = any(?))""", Takes.ITS_IDS, "account"))));

    private static Facet text(String field) {
        return new Facet(field, "body ->> '" + field + "' = ?", List.of(Takes.TEXT), null);
    }

    private static Facet reference(String name, String condition, Takes takes, String of) {
        return new Facet(name, condition, List.of(takes), of);
    }
}
