-- What the rules of the night may see: the store's records as plain columns, tombstones left out. No view shows a name, an
-- address, a telephone number or an identity number, so that no rule can carry one into a break.

create function native_key(urn text) returns text language sql immutable parallel safe
    return regexp_replace(urn, '^([^:]*:){5}', '');
comment on function native_key is 'The legacy key in an id, urn:isthmus:{org}:{silo}:{entity}:{key}.';

create view v_account as
select id, silo, native_key(id)                  as account_no,
       native_key(body ->> 'customer')           as customer_no,
       body ->> 'orgUnit'                        as org_unit,
       body ->> 'category'                       as category,
       body ->> 'status'                         as status,
       (body ->> 'openedAt')::date               as opened,
       (body ->> 'closedAt')::date               as closed,
       (body ->> 'balance')::numeric             as balance,
       time                                      as changed
from record where entity = 'account' and not deleted;
comment on view v_account is 'Contracts of the billing system.';

create view v_accountpoint as
select r.id as account_id, r.silo, native_key(r.id) as account_no,
       native_key(p ->> 'servicePoint')          as service_point_no,
       native_key(p ->> 'tariff')                as tariff_no,
       (p ->> 'from')::date                      as valid_from,
       (p ->> 'to')::date                        as valid_to
from record r cross join lateral json_array_elements(r.body -> 'servicePoints') p
where r.entity = 'account' and not r.deleted;
comment on view v_accountpoint is 'Which service points an account supplies, and by which tariff.';

create view v_bill as
select r.id, r.silo, native_key(r.id)            as bill_no,
       native_key(r.body ->> 'account')          as account_no,
       native_key(r.body -> 'servicePoints' ->> 0) as service_point_no,
       json_array_length(r.body -> 'servicePoints') as points,
       native_key(r.body ->> 'tariff')           as tariff_no,
       r.body ->> 'billKind'                     as kind,
       native_key(r.body ->> 'replaces')         as replaces,
       (r.body #>> '{period,start}')::date       as period_from,
       (r.body #>> '{period,end}')::date         as period_to,
       case when r.body #>> '{period,label}' ~ '^[0-9]{4}-?[0-9]{2}$'
            then left(r.body #>> '{period,label}', 4) || '-' || right(r.body #>> '{period,label}', 2)
            else left(r.body #>> '{period,start}', 7) end as month,
       (r.body ->> 'issuedAt')::timestamptz      as issued,
       (r.body #>> '{usage,total}')::numeric     as kwh,
       (r.body #>> '{amounts,total}')::numeric   as total,
       (r.body #>> '{amounts,penalty}')::numeric as penalty,
       (r.body #>> '{amounts,paid}')::numeric    as paid,
       (r.body #>> '{amounts,outstanding}')::numeric as outstanding,
       r.body ->> 'status'                       as status,
       (d.reading ->> 'previous')::numeric       as previous,
       (d.reading ->> 'current')::numeric        as current,
       (d.reading ->> 'multiplier')::numeric     as multiplier,
       coalesce((d.reading ->> 'adjust')::numeric, 0) as adjust,
       d.reading ->> 'quality'                   as read_quality,
       r.time                                    as changed
from record r
left join lateral (select e as reading from json_array_elements(r.body -> 'reads') e
                   where e ->> 'register' = 'total' limit 1) d on true
where r.entity = 'bill' and not r.deleted;
comment on view v_bill is 'Bills with their first service point and the reads of its total register.';

create view v_billpoint as
select r.silo, native_key(r.id)                  as bill_no,
       native_key(p #>> '{}')                    as service_point_no
from record r cross join lateral json_array_elements(r.body -> 'servicePoints') p
where r.entity = 'bill' and not r.deleted;
comment on view v_billpoint is 'Which service points a bill charges.';

create view v_registerreading as
select r.id, r.silo,
       native_key(r.body ->> 'servicePoint')     as service_point_no,
       native_key(r.body ->> 'meter')            as meter_no,
       (r.body ->> 'readAt')::timestamptz        as read_at,
       left(r.body ->> 'readAt', 19)::timestamp  as read_local,
       left(r.body ->> 'readAt', 10)::date       as read_day,
       r.body ->> 'reason'                       as reason,
       r.body ->> 'source'                       as source,
       r.body ->> 'source' = 'estimate' or v.estimated as estimated,
       v.total, v.sharp, v.peak, v.flat, v.valley,
       (r.body ->> 'multiplier')::numeric        as multiplier
from record r cross join lateral (
    select max((e ->> 'value')::numeric) filter (where e ->> 'code' = 'total')  as total,
           max((e ->> 'value')::numeric) filter (where e ->> 'code' = 'sharp')  as sharp,
           max((e ->> 'value')::numeric) filter (where e ->> 'code' = 'peak')   as peak,
           max((e ->> 'value')::numeric) filter (where e ->> 'code' = 'flat')   as flat,
           max((e ->> 'value')::numeric) filter (where e ->> 'code' = 'valley') as valley,
           coalesce(bool_or(e ->> 'quality' = 'estimated') filter (where e ->> 'code' = 'total'), false) as estimated
    from json_array_elements(r.body -> 'registers') e
    where e ->> 'flow' = 'delivered') v
where r.entity = 'registerreading' and not r.deleted;
comment on view v_registerreading is 'What dials showed: the registers of delivered energy, before the multiplier.';

create view v_intervalblock as
select id, silo,
       native_key(body ->> 'servicePoint')       as service_point_no,
       native_key(body ->> 'meter')              as meter_no,
       (body ->> 'localDate')::date              as day,
       body ->> 'series'                         as series,
       body #>> '{readingType,flow}'             as flow,
       energy                                    as kwh,
       (body ->> 'multiplierApplied')::numeric   as multiplier_applied,
       (body ->> 'expected')::int                as expected,
       (body ->> 'received')::int                as received
from record where entity = 'intervalblock' and not deleted;
comment on view v_intervalblock is 'Load curves as day totals.';

create view v_meter as
select r.id, r.silo, native_key(r.id)            as meter_no,
       native_key(r.body ->> 'servicePoint')     as service_point_no,
       (r.body ->> 'multiplier')::numeric        as multiplier,
       (r.body ->> 'ctRatio')::numeric           as ct,
       (r.body ->> 'ptRatio')::numeric           as pt,
       r.body ->> 'status'                       as status,
       d.digits,
       i.installed, i.open_points,
       r.time                                    as changed
from record r
left join lateral (select (e ->> 'digits')::int as digits from json_array_elements(r.body -> 'registers') e
                   where e ->> 'code' = 'total' limit 1) d on true
left join lateral (select min(left(e ->> 'from', 10)::date) as installed,
                          count(distinct e ->> 'servicePoint') filter (where e ->> 'to' is null)::int as open_points
                   from json_array_elements(r.body -> 'installations') e) i on true
where r.entity = 'meter' and not r.deleted;
comment on view v_meter is 'Meters with their multiplier and the digits of their total register.';

create view v_servicepoint as
select id, silo, native_key(id)                  as service_point_no,
       body ->> 'kind'                           as kind,
       body ->> 'usage'                          as usage,
       body ->> 'role'                           as role,
       body ->> 'meteringMode'                   as metering_mode,
       body ->> 'connection'                     as connection,
       body ->> 'status'                         as status,
       time                                      as changed
from record where entity = 'servicepoint' and not deleted;
comment on view v_servicepoint is 'Service points; a point known to two systems has a row in each.';

create view v_customer as
select id, silo, native_key(id)                  as customer_no,
       body ->> 'kind'                           as kind,
       body ->> 'status'                         as status,
       (body ->> 'validFrom')::date              as since,
       body -> 'ext'                             as ext,
       time                                      as changed
from record where entity = 'customer' and not deleted;
comment on view v_customer is 'Customers, without anything personal.';

create view v_payment as
select id, silo, native_key(id)                  as payment_no,
       native_key(body ->> 'account')            as account_no,
       (body ->> 'amount')::numeric              as amount,
       (body ->> 'paidAt')::timestamptz          as paid_at,
       (body ->> 'valueDate')::date              as value_date,
       body ->> 'status'                         as status,
       native_key(body ->> 'reversalOf')         as reversal_of,
       time                                      as changed
from record where entity = 'payment' and not deleted;
comment on view v_payment is 'Payments; a refund or a reversal is negative.';

create view v_allocation as
select r.silo, native_key(r.id)                  as payment_no,
       native_key(a ->> 'bill')                  as bill_no,
       (a ->> 'amount')::numeric                 as amount,
       a ->> 'kind'                              as kind
from record r cross join lateral json_array_elements(r.body -> 'allocations') a
where r.entity = 'payment' and not r.deleted;
comment on view v_allocation is 'Which payment pays which bill.';

create view v_servicerequest as
select id, silo, native_key(id)                  as request_no,
       native_key(body ->> 'customer')           as customer_no,
       native_key(body ->> 'account')            as account_no,
       native_key(body ->> 'servicePoint')       as service_point_no,
       body ->> 'kind'                           as kind,
       body ->> 'status'                         as status,
       (body ->> 'openedAt')::timestamptz        as opened,
       (body ->> 'closedAt')::timestamptz        as closed
from record where entity = 'servicerequest' and not deleted;
comment on view v_servicerequest is 'Work orders and complaints, without their text.';

create view v_tariff as
select r.id, r.silo, native_key(r.id)            as tariff_no,
       r.body ->> 'code'                         as code,
       (r.body ->> 'validFrom')::date            as valid_from,
       (r.body ->> 'validTo')::date              as valid_to,
       p.price
from record r cross join lateral (select round(avg((e ->> 'price')::numeric), 8) as price
                                  from json_array_elements(r.body -> 'basePrices') e) p
where r.entity = 'tariff' and not r.deleted;
comment on view v_tariff is 'Tariffs with the mean of their base prices, for estimates of money.';

create view v_quarantine as
select system as silo, entity, locator, reason, first_seen
from quarantine where state = 'open';
comment on view v_quarantine is 'What waits in quarantine; of a database the locator is the legacy key.';
