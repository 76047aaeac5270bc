-- What the data service finds records by. Every index is paid for by each record that comes ashore, so there is one only for
-- what a search of /api/v1 asks; ids and the keys in them need none of their own.

-- A function under an index must never fail: it would keep a record from coming ashore.
create function point_keys(body json) returns text[] language sql immutable parallel safe
    return array(select distinct native_key(p)
                 from (select body ->> 'servicePoint'
                       union all
                       select e ->> 'servicePoint' from json_array_elements(
                           case json_typeof(body -> 'servicePoints') when 'array' then body -> 'servicePoints' end) e
                       union all
                       select e ->> 'servicePoint' from json_array_elements(
                           case json_typeof(body -> 'installations') when 'array' then body -> 'installations' end) e)
                      as points (p)
                 where p is not null);
comment on function point_keys is 'The numbers of all service points that an account or a meter names, former ones too.';

-- changedSince, and going on behind it; new states come last, so the index grows at its end.
create index record_recorded on record (recorded_from, id);

create index record_account_no on record_account ((body ->> 'accountNo'));
create index record_account_customer on record_account ((body ->> 'customer'));
create index record_account_points on record_account using gin (point_keys(body));
create index record_servicepoint_no on record_servicepoint ((body ->> 'servicePointNo'));
create index record_meter_asset on record_meter ((body ->> 'assetNo'));
create index record_meter_address on record_meter ((body ->> 'commAddress'));
create index record_meter_points on record_meter using gin (point_keys(body));
create index record_tariff_code on record_tariff ((body ->> 'code'));

-- The aggregate of what comes in masses is a column already (model.md 3.1): no body is opened for these.
create index record_bill_account on record_bill (partitionkey, valid_from);
create index record_payment_account on record_payment (partitionkey);
create index record_intervalblock_point on record_intervalblock (partitionkey, valid_from);
create index record_registerreading_point on record_registerreading (partitionkey);

-- A request names the accounts and points of other systems: by their numbers.
create index record_servicerequest_customer on record_servicerequest ((body ->> 'customer'));
create index record_servicerequest_account on record_servicerequest (native_key(body ->> 'account'));
create index record_servicerequest_point on record_servicerequest (native_key(body ->> 'servicePoint'));

create index record_customer_account on record_customer ((body #>> '{ext,yj.consNo}'));

create view v_accountcustomer as
select body #>> '{ext,yj.consNo}'                as account_no,
       silo, id                                  as customer_id
from record where entity = 'customer' and not deleted and body #>> '{ext,yj.consNo}' is not null;
comment on view v_accountcustomer is 'Customers who name an account of another system, by the number that was typed in.';
