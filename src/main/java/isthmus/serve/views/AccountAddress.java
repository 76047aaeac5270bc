package isthmus.serve.views;

import io.swagger.v3.oas.annotations.Operation;
import isthmus.security.seal.Opener;
import isthmus.serve.Reads;
import isthmus.serve.Served;
import isthmus.serve.Sight;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code /api/v1/account/{id}/360}: an account and all that hangs on it, from one statement and so of one moment. */
@Served
public final class AccountAddress {
    private static final List<String> PARTS =
            List.of("customers", "linkedCustomers", "servicePoints", "meters", "bills", "payments", "openRequests");

    /**
     * The statement, of an account's id. The records of other systems are found by number: theirs of an account or point in place of its id. An id is
     * compared as bytes and what stands in a body is not, so an id that looks for a body says so, or no index serves.
     */
    public static final String ALL_OF_IT = """
            with a as materialized (
                select id, deleted, recorded_from, native_key(id collate "default") as no, body
                from record_account where entity = 'account' and id = ?),
            p as materialized (
                select e ->> 'servicePoint' as id from a, json_array_elements(
                    case json_typeof(a.body -> 'servicePoints') when 'array' then a.body -> 'servicePoints' end) e),
            c as materialized (
                select customer_id collate "default" as id from v_accountcustomer
                where account_no = (select no from a)),
            points as materialized (
                select coalesce(array_agg(native_key(id)), '{}') as nos from p)
            select case when deleted then 'gone' else 'account' end, body, recorded_from from a
            union all
            select 'customers', r.body, null from record_customer r
            where r.entity = 'customer' and not r.deleted and r.id = (select a.body ->> 'customer' from a)
            union all
            select 'linkedCustomers', r.body, null from record_customer r
            where r.entity = 'customer' and not r.deleted and r.id = any(array(select id from c))
            union all
            select 'servicePoints', r.body, null from record_servicepoint r
            where r.entity = 'servicepoint' and not r.deleted and r.id = any(array(select id from p))
            union all
            select 'meters', r.body, null from record_meter r
            where r.entity = 'meter' and not r.deleted and point_keys(r.body) && (select nos from points)
            union all
            (select 'bills', r.body, null from record_bill r
             where r.entity = 'bill' and not r.deleted and r.partitionkey = (select id from a)
             order by r.valid_from desc nulls last, r.id desc limit 12)
            union all
            (select 'payments', r.body, null from record_payment r
             where r.entity = 'payment' and not r.deleted and r.partitionkey = (select id from a)
             order by (r.body ->> 'paidAt')::timestamptz desc nulls last, r.id desc limit 12)
            union all
            (select 'openRequests', r.body, null from record_servicerequest r
             where r.entity = 'servicerequest' and not r.deleted
               and r.body ->> 'status' not in ('closed', 'cancelled')
               and (native_key(r.body ->> 'account') = (select no from a)
                    or r.body ->> 'account' is null
                       and (r.body ->> 'customer' = any(array(select id from c))
                            or native_key(r.body ->> 'servicePoint') = any((select nos from points)::text[])))
             order by (r.body ->> 'openedAt')::timestamptz desc nulls last, r.id)
            """;

    private final Reads reads;
    private final Opener opener;

    AccountAddress(Reads reads, Opener opener) {
        this.reads = reads;
        this.opener = opener;
    }

    @Operation(
            summary =
                    "An account whole: its customers, service points, meters, last bills and payments, and open requests, at one moment.")
    @GetMapping(path = "/api/v1/account/{id}/360", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] all(@PathVariable String id, HttpServletRequest request) {
        return Whole.of(reads, opener, Sight.of(request), ALL_OF_IT, id, "account", PARTS);
    }

    static byte[] all(Connection connection, String id) throws SQLException {
        return Whole.of(connection, Opener.NONE, Sight.CLEAR, ALL_OF_IT, id, "account", PARTS);
    }
}
