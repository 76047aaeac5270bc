-- From a bill to what its period was measured by, and back: the readings and blocks of a service point, the bills of one.
-- The data service searches by the first two as well.

create index if not exists record_registerreading_point on record_registerreading (partitionkey);
create index if not exists record_intervalblock_point on record_intervalblock (partitionkey, valid_from);

-- A function under an index must never fail: it would keep a record from coming ashore.
create function billed_points(body json) returns text[] language sql immutable parallel safe as
$$ select coalesce(array_agg(p), '{}') from json_array_elements_text(
       case json_typeof(body -> 'servicePoints') when 'array' then body -> 'servicePoints' end) p $$;
comment on function billed_points is 'The ids of the service points that a bill charges; empty for a tombstone.';

create index record_bill_points on record_bill using gin (billed_points(body));
create index repair_id on repair (id);
comment on index repair_id is 'For the list of repairs, page by page.';
