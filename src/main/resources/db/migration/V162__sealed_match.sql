-- What customers are compared by names persons: it is sealed, and what is looked up or counted of it stands here as keyed tokens.
-- The next night makes it all again; until then days are left to it.
truncate match_subject, match_key, match_twin, match_number, match_pair, match_source;

alter table match_subject add column name bigint, add column tokens bigint[] not null;
comment on column match_subject.shape is 'Which fields and blocks it was made for, and under which key its tokens: of others it is made again.';
comment on column match_subject.features is 'Prepared values, U+001E between fields, U+001F between several values of one; sealed, bound to the id.';
comment on column match_subject.name is 'Token of the match form of its name; null for one without.';
comment on column match_subject.tokens is 'Tokens of the values that are counted, and of having any in a field.';
comment on table match_key is 'What a customer may be brought together with others by: tokens of names, places, numbers.';
comment on table match_twin is 'What hardly two have who are not one: tokens of a name with a flat.';

drop table match_frequency;
create table match_frequency (value bigint primary key, records bigint not null);
comment on table match_frequency is 'How many customers have a token, where it is three or more; as of the last night.';

-- Names are sealed where this was to read them.
drop function link_name(text);
