create table link_log (
    id            bigint generated always as identity primary key,
    left_id       text collate "C" not null,
    right_id      text collate "C" not null,
    rule          text collate "C" not null,
    state         text collate "C" not null check (state in ('linked', 'review', 'vetoed', 'ended')),
    reason        text collate "C" check ((reason is null) = (state = 'linked')),
    evidence      jsonb not null,
    rules_version text collate "C" not null,
    decided_by    text collate "C" not null,
    night         bigint,
    at            timestamptz not null,
    check (left_id <> right_id)
);
create index link_log_pair on link_log (left_id, right_id, id desc);
create index link_log_right on link_log (right_id);
comment on table link_log is 'What was decided about two records, a row a decision; the last row of a pair stands, and no row is ever changed.';
comment on column link_log.left_id is 'Of two records of one entity the lesser id, else the one whose entity comes first in the alphabet.';
comment on column link_log.evidence is 'What spoke for it, the deciding rule first; keys and keyed fingerprints, never what they stand for.';
comment on column link_log.decided_by is 'rules, or user:NAME; the word of a person is not overruled by a night.';

create function link_log_stays() returns trigger language plpgsql as
$$ begin raise exception 'link_log takes rows and never changes one'; end $$;
create trigger link_log_stays before update or delete or truncate on link_log
    for each statement execute function link_log_stays();

create view link_now as
select distinct on (left_id, right_id) * from link_log order by left_id, right_id, id desc;
comment on view link_now is 'The last word on each pair, also on those that are no link any more.';

create view v_link as
select rule, state, reason,
       split_part(left_id, ':', 5)               as left_entity,
       split_part(left_id, ':', 4)               as left_silo,
       native_key(left_id)                       as left_no,
       split_part(right_id, ':', 5)              as right_entity,
       split_part(right_id, ':', 4)              as right_silo,
       native_key(right_id)                      as right_no,
       left_id, right_id,
       at                                        as since
from link_now where state <> 'ended';
comment on view v_link is
    'Which records are one, where state is linked; review waits for a person, vetoed says why not. Of two entities the first in the alphabet is left.';

-- Names are compared by what is written in them: width, case, blanks, dots and the legal form of a company count for nothing.
-- The characters are named one by one, since what a class of characters holds depends on the locale of the server.
create function link_name(name text) returns text language sql immutable parallel safe
    return nullif(regexp_replace(
        translate(lower(normalize(name, NFKC)), E' \t.,、。·•・‧-_''"()[]【】《》/', ''),
        '(股份有限公司|有限责任公司|有限公司|股份公司|分公司|门市部)$', ''), '');
comment on function link_name(text) is 'The match form of a name; null where nothing is left of it.';

-- Equal, or of one length of at least three and with one character that differs (model.md 7.4, without the readings of Han).
create function link_resemble(one text, other text) returns boolean language sql immutable parallel safe
    return case when one = other then true
                when length(one) <> length(other) or length(one) < 3 then false
                else (select count(*) = 1 from generate_series(1, length(one)) as at
                      where substr(one, at, 1) <> substr(other, at, 1)) end;
comment on function link_resemble(text, text) is 'Whether two match forms may be of one person or company.';
