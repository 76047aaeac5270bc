-- Links are brought up to date between nights too.
create table match_number (key text collate "C" not null, no bigint not null);
create index match_number_key on match_number (key, no);
create index match_number_no on match_number (no);
comment on table match_number is 'Verified numbers of a customer, as fingerprints, and account numbers that it names: who else has them is found by one look.';

create table link_position (position bigint not null);
insert into link_position values (0);
comment on table link_position is 'Up to where in the change log the links of customers and accounts are up to date; one row.';

alter table golden_log alter column night drop not null;
comment on column golden_log.night is 'Null for a move between two nights.';

-- Made again the next night, with their numbers.
delete from match_pair;
delete from match_key;
delete from match_subject;
