-- An id names its entity, so it decides every comparison at once; behind the entity it came second in each of them.
alter table record drop constraint record_pkey;
alter table record add primary key (id, entity);
