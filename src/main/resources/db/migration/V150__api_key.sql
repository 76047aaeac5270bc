-- Programs that ask over HTTP with a key of the hub's own.

create table api_key (
    id         text collate "C" primary key,
    name       text collate "C" not null,
    hash       bytea not null check (length(hash) = 32),
    scopes     text[] not null,
    entities   text[] not null,
    created    timestamptz not null,
    created_by text not null,
    expires    timestamptz not null check (expires > created),
    revoked    timestamptz
);
create unique index api_key_living on api_key (name) where revoked is null;
comment on table api_key is 'Who may ask with a key, for what and until when; rows stay, so that the audit can be read.';
comment on column api_key.hash is 'SHA-256 of the whole key, whose 256 random bits nobody has but who it was shown to.';
