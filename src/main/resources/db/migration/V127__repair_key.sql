-- The locator of a refused piece may stand in two systems, and what one of them could not cure is not the other's.
alter table repair drop constraint repair_pkey;
alter table repair add primary key (entity, id, system);
