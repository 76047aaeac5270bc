-- The readings of a point of supply are found by its number, under whatever id each system knows it, and by their day.
create index record_servicepoint_no on record_servicepoint ((body ->> 'servicePointNo'));
create index record_intervalblock_point on record_intervalblock (partitionkey, valid_from);
