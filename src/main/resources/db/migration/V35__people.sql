-- People who sign in to the hub, their sessions, and the tokens of their scripts.

create table hub.account (
    id              uuid primary key,
    name            text        not null check (name <> ''),
    user_id         uuid unique references public.users (id) on delete cascade,
    role            text        not null check (role in ('user', 'operator')),
    password_hash   text,
    created_at      timestamptz not null,
    password_set_at timestamptz,
    signed_in_at    timestamptz,
    disabled_at     timestamptz,
    check (user_id is not null or role = 'operator')
);
create unique index account_name on hub.account (lower(name));
comment on column hub.account.user_id is 'the DayFlow user; null: the first operator, who is nobody in DayFlow';
comment on column hub.account.password_hash is 'as the password encoder makes it, with the name of the way; null: signs in by an issuer only';
comment on column hub.account.disabled_at is 'since when nobody can sign in with it';

create table hub.account_identity (
    issuer     text        not null,
    subject    text        not null,
    account_id uuid        not null references hub.account (id) on delete cascade,
    linked_at  timestamptz not null,
    primary key (issuer, subject),
    unique (account_id, issuer)
);
comment on table hub.account_identity is 'who an account is at an OpenID Connect issuer: one subject for good';

create table hub.personal_token (
    id           uuid primary key,
    user_id      uuid        not null references public.users (id) on delete cascade,
    account_id   uuid references hub.account (id) on delete cascade,
    digest       bytea       not null unique,
    name         text        not null,
    scopes       text[]      not null,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
comment on column hub.personal_token.digest is 'SHA-256; the token itself is shown once and kept nowhere';
comment on column hub.personal_token.account_id is 'the account that made it; null: made by DayFlow for its user';
comment on column hub.personal_token.last_used_at is 'written once in five minutes';
create index on hub.personal_token (user_id, id);
create index on hub.personal_token (account_id) where account_id is not null;

-- As Spring Session JDBC reads and writes them.
create table hub.http_session (
    primary_id            char(36) primary key,
    session_id            char(36) not null unique,
    creation_time         bigint   not null,
    last_access_time      bigint   not null,
    max_inactive_interval integer  not null,
    expiry_time           bigint   not null,
    principal_name        varchar(100)
);
create index on hub.http_session (expiry_time);
create index on hub.http_session (principal_name);
comment on table hub.http_session is 'visits to the pages; the browser''s cookie holds the id sealed, so that it cannot be made from this row';
comment on column hub.http_session.principal_name is 'the id of the account';

create table hub.http_session_attributes (
    session_primary_id char(36)     not null references hub.http_session (primary_id) on delete cascade,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea        not null,
    primary key (session_primary_id, attribute_name)
);

-- An account that goes takes its sessions along.
create function hub.end_sessions() returns trigger language plpgsql as $$
begin
    delete from hub.http_session where principal_name = old.id::text;
    return null;
end
$$;
create trigger account_gone after delete on hub.account for each row execute function hub.end_sessions();
