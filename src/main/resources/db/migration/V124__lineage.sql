-- From what a period was measured by back to its bills, by their service point; the other way V120 has the indexes.

-- A function under an index must never fail: it would keep a record from coming ashore.
create function billed_points(body json) returns text[] language sql immutable parallel safe as
$$ select coalesce(array_agg(p), '{}') from json_array_elements_text(
       case json_typeof(body -> 'servicePoints') when 'array' then body -> 'servicePoints' end) p $$;
comment on function billed_points is 'The ids of the service points that a bill charges; empty for a tombstone.';

create index record_bill_points on record_bill using gin (billed_points(body));
create index repair_id on repair (id);
comment on index repair_id is 'For the list of repairs, page by page.';
