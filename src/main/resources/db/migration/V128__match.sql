create table match_subject (
    no          bigint primary key,
    id          text collate "C" not null unique,
    model       text collate "C" not null,
    shape       text collate "C" not null,
    source      text collate "C" not null,
    contenthash text collate "C" not null,
    features    text not null
);
comment on table match_subject is 'What each customer is compared by, made from its record; may be emptied at any time, and is made again.';
comment on column match_subject.shape is 'Which fields and blocks it was made for: of others it is made again.';
comment on column match_subject.features is 'Prepared values: U+001E between fields, U+001F between several values of one. Personal data.';

create table match_key (key bigint not null, no bigint not null);
create index match_key_key on match_key (key, no);
create index match_key_no on match_key (no);
comment on table match_key is 'What a customer may be brought together with others by: hashes of names, places, numbers.';

create table match_frequency (
    model   text collate "C" not null,
    field   text collate "C" not null,
    value   text collate "C" not null,
    records bigint not null,
    primary key (model, field, value)
);
comment on table match_frequency is 'How many customers have a value, where it is three or more; as of the last night.';

create table match_source (
    model   text collate "C" not null,
    source  text collate "C" not null,
    records bigint not null,
    primary key (model, source)
);
comment on table match_source is 'How many customers a system has; as of the last night.';

create table match_pair (
    left_no   bigint not null,
    right_no  bigint not null,
    posterior double precision not null,
    vetoed    boolean not null,
    strong    int not null,
    levels    jsonb not null,
    score     jsonb not null,
    primary key (left_no, right_no)
);
create index match_pair_right on match_pair (right_no);
comment on table match_pair is 'Pairs of customers that may be one, with what speaks for it; no value of either is in it.';

create function link_said(evidence jsonb) returns jsonb language sql immutable parallel safe
    return (select jsonb_agg(one - 'score' order by n) from jsonb_array_elements(evidence) with ordinality as e (one, n));
comment on function link_said(jsonb) is 'Evidence without the numbers that change with every record of the store.';
