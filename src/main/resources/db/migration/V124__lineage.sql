-- From a bill to what its period was measured by, and back: the readings and blocks of a service point by day, the bills
-- of a service point.

create index record_registerreading_day
    on record_registerreading (partitionkey, (left(body ->> 'readAt', 10) collate "C"));
create index record_intervalblock_day on record_intervalblock (partitionkey, valid_from);

create function texts(list json) returns text[] language sql immutable parallel safe as
$$ select coalesce(array_agg(t), '{}') from json_array_elements_text(list) t $$;
comment on function texts is 'The texts of a JSON list; empty where there is none.';

create index record_bill_points on record_bill using gin (texts(body -> 'servicePoints'));
