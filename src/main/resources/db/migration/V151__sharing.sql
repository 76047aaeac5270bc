-- What partners may have, of whom and until when.

alter table api_key add column partner text collate "C" check (partner ~ '^[a-z0-9][a-z0-9-]{0,23}$');
comment on column api_key.partner is 'The organisation outside that asks with it; null for a program of the utility.';

create table share_grant (
    id         bigint generated always as identity primary key,
    partner    text collate "C" not null,
    purpose    text collate "C" not null,
    entity     text collate "C" not null,
    fields     text[] not null check (cardinality(fields) > 0),
    good_from  timestamptz not null,
    good_until timestamptz not null check (good_until > good_from),
    ticket     text not null,
    created    timestamptz not null,
    created_by text not null,
    revoked    timestamptz
);
create index share_grant_living on share_grant (partner, entity) where revoked is null;
comment on table share_grant is 'Which members of an entity a partner may have, for which purpose that a customer must have consented to; a row stays, and only its revoking is written into it.';
comment on column share_grant.fields is 'JSON pointers (RFC 6901) without places of lists: a list is gone through.';

create function share_grant_stays() returns trigger language plpgsql as
$$ begin
    if tg_op = 'UPDATE' then
        if old.revoked is null and new.revoked is not null and to_jsonb(new) - 'revoked' = to_jsonb(old) - 'revoked' then
            return new;
        end if;
    end if;
    raise exception 'share_grant takes rows, and of a row only its revoking, once';
end $$;
create trigger share_grant_stays before update or delete on share_grant
    for each row execute function share_grant_stays();
create trigger share_grant_is_kept before truncate on share_grant
    for each statement execute function share_grant_stays();

create function consents_of(body json) returns table (purpose text, granted boolean)
    language sql immutable parallel safe as
$$ select c ->> 'purpose', coalesce(c ->> 'granted' = 'true', false)
   from json_array_elements(case json_typeof(body -> 'consents') when 'array' then body -> 'consents' end) c $$;
comment on function consents_of is 'What a customer''s record says about consents, a row a word; a word that is not true is a no.';
