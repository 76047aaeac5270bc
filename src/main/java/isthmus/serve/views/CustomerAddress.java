package isthmus.serve.views;

import io.swagger.v3.oas.annotations.Operation;
import isthmus.security.seal.Opener;
import isthmus.serve.Reads;
import isthmus.serve.Served;
import isthmus.serve.Sight;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * {@code /api/v1/customers/{id}}: a unified customer and all that hangs on it, from one statement and so of one moment; by
 * its own id, by one that has gone up in it, or by the id of any record of it.
 */
@Served
public final class CustomerAddress {
    private static final List<String> PARTS = List.of(
            "records", "accounts", "servicePoints", "meters", "bills", "payments", "consumption", "openRequests");

    private static final String ALL_OF_IT = """
            with asked as materialized (select ?::text collate "C" as id),
            g as materialized (
                select coalesce((select golden from golden_member where member = (select id from asked)),
                                (select m.golden from golden o join golden_member m on m.member = o.anchor
                                 where o.id = (select id from asked)),
                                (select id from asked)) as id),
            u as materialized (
                select id, deleted, recorded_from, body from record_unifiedcustomer
                where entity = 'unifiedcustomer' and id = (select id from g)),
            m as materialized (select member as id from golden_member where golden = (select id from u)),
            a as materialized (
                select a.id, native_key(a.id collate "default") as no, a.body from record_account a
                where a.entity = 'account' and not a.deleted
                  and a.id = any(array(select json_array_elements_text(body -> 'accounts') collate "C" from u))),
            p as materialized (
                select json_array_elements_text(body -> 'servicePoints') collate "C" as id from u),
            points as materialized (
                select coalesce(array_agg(distinct native_key(id collate "default")), '{}') as nos from p)
            select case when deleted then 'gone' else 'customer' end, body, recorded_from from u
            union all
            select 'records', r.body, null from record_customer r
            where r.entity = 'customer' and not r.deleted and r.id = any(array(select id from m))
            union all
            select 'accounts', body, null from a
            union all
            select 'servicePoints', r.body, null from record_servicepoint r
            where r.entity = 'servicepoint' and not r.deleted and r.id = any(array(select id from p))
            union all
            select 'meters', r.body, null from record_meter r
            where r.entity = 'meter' and not r.deleted and point_keys(r.body) && (select nos from points)
            union all
            (select 'bills', r.body, null from record_bill r
             where r.entity = 'bill' and not r.deleted and r.partitionkey = any(array(select id from a))
             order by r.valid_from desc nulls last, r.id desc limit 12)
            union all
            (select 'payments', r.body, null from record_payment r
             where r.entity = 'payment' and not r.deleted and r.partitionkey = any(array(select id from a))
             order by (r.body ->> 'paidAt')::timestamptz desc nulls last, r.id desc limit 12)
            union all
            (select 'consumption', json_build_object('servicePoint', r.partitionkey, 'month', to_char(r.valid_from, 'YYYY-MM'),
                                                     'kWh', sum(r.energy)::text, 'days', count(distinct r.valid_from)), null
             from record_intervalblock r
             where r.entity = 'intervalblock' and not r.deleted and r.energy is not null
               and r.partitionkey = any(array(select id from p)) and r.valid_from >= current_date - interval '13 months'
             group by r.partitionkey, to_char(r.valid_from, 'YYYY-MM')
             order by r.partitionkey, to_char(r.valid_from, 'YYYY-MM'))
            union all
            (select 'openRequests', r.body, null from record_servicerequest r
             where r.entity = 'servicerequest' and not r.deleted
               and r.body ->> 'status' not in ('closed', 'cancelled')
               and (native_key(r.body ->> 'account') = any(array(select no from a))
                    or r.body ->> 'customer' = any(array(select id collate "default" from m)))
             order by (r.body ->> 'openedAt')::timestamptz desc nulls last, r.id)
            """;

    private final Reads reads;
    private final Opener opener;

    CustomerAddress(Reads reads, Opener opener) {
        this.reads = reads;
        this.opener = opener;
    }

    @Operation(
            summary =
                    "A unified customer whole: the records that are one and why, accounts, points, meters, last bills and payments, energy by month, and open requests, at one moment.")
    @GetMapping(path = "/api/v1/customers/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] all(@PathVariable String id, HttpServletRequest request) {
        return Whole.of(reads, opener, Sight.of(request), ALL_OF_IT, id, "customer", PARTS);
    }
}
