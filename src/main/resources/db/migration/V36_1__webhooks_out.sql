-- Addresses of others that the hub tells what happened, and what it has to tell them. A message is written by the
-- transaction that changes what it is about; what it says is read when it is first sent.

create table hub.webhook_endpoint (
    id             uuid primary key,
    user_id        uuid references public.users (id) on delete cascade,
    url            text        not null,
    events         text[]      not null,
    description    text        not null default '',
    active         boolean     not null default true,
    secret         bytea       not null,
    secret_key     bigint generated always as (hub.sealing_key(secret)) stored,
    old_secret     bytea,
    old_secret_key bigint generated always as (hub.sealing_key(old_secret)) stored,
    old_until      timestamptz,
    failing_since  timestamptz,
    disabled_at    timestamptz,
    disabled_why   text check (disabled_why in ('gone', 'failing')),
    created_at     timestamptz not null,
    updated_at     timestamptz not null
);
comment on column hub.webhook_endpoint.user_id is 'whose events it is told; null: everybody''s, and then it is the operators''';
comment on column hub.webhook_endpoint.secret is 'sealed by the vault with the endpoint id as context';
comment on column hub.webhook_endpoint.old_secret is 'the one before, which signs too until old_until';
comment on column hub.webhook_endpoint.failing_since is 'the first failure since the last success';
create index on hub.webhook_endpoint (user_id);
create index on hub.webhook_endpoint (secret_key);
create index on hub.webhook_endpoint (old_secret_key) where old_secret_key is not null;

create table hub.webhook_message (
    id           uuid primary key,
    seq          bigint generated always as identity,
    endpoint_id  uuid        not null references hub.webhook_endpoint (id) on delete cascade,
    user_id      uuid references public.users (id) on delete cascade,
    type         text        not null,
    subject      uuid        not null,
    body         text,
    state        text        not null default 'waiting' check (state in ('waiting', 'delivered', 'failed', 'dropped')),
    attempts     integer     not null default 0,
    next_at      timestamptz not null,
    created_at   timestamptz not null,
    attempted_at timestamptz,
    status       integer,
    problem      text
);
comment on table hub.webhook_message is 'what endpoints are to be told, and were told; kept for a while';
comment on column hub.webhook_message.body is 'as it was first sent, and is sent again; null until then';
comment on column hub.webhook_message.status is 'of the last answer; null where there was none';
create unique index webhook_message_unsent on hub.webhook_message (endpoint_id, type, subject) where body is null;
create index webhook_message_due on hub.webhook_message (endpoint_id, next_at) where state = 'waiting';
create index on hub.webhook_message (endpoint_id, seq desc);
create index on hub.webhook_message (user_id) where user_id is not null;

-- Changes of one thing that nobody was told of yet are told as one: the upsert waits for a sender that is reading it.
create function hub.announce() returns trigger
    language plpgsql as
$$
begin
    insert into hub.webhook_message (id, endpoint_id, user_id, type, subject, next_at, created_at)
    select gen_random_uuid(), e.id, new.user_id, tg_argv[0], new.id, clock_timestamp(), clock_timestamp()
    from hub.webhook_endpoint e
    where e.active and (e.user_id = new.user_id or e.user_id is null) and tg_argv[0] = any (e.events)
    on conflict (endpoint_id, type, subject) where body is null do update set created_at = excluded.created_at;
    if found then
        perform pg_notify('hub_work', 'webhook-message');
    end if;
    return null;
end
$$;

create trigger hub_announce_new after insert on hub.job
    for each row execute function hub.announce('job');
create trigger hub_announce after update of status on hub.job
    for each row when (old.status is distinct from new.status) execute function hub.announce('job');
create trigger hub_announce_new after insert on hub.conflict
    for each row execute function hub.announce('conflict');
create trigger hub_announce after update on hub.conflict
    for each row when (old.status is distinct from new.status or old.fields is distinct from new.fields)
    execute function hub.announce('conflict');
create trigger hub_announce_new after insert on hub.connection
    for each row execute function hub.announce('integration');
create trigger hub_announce after update of status, error_code, active, display_name, settings, disconnected_at
    on hub.connection
    for each row when ((old.status, old.error_code, old.active, old.display_name, old.settings, old.disconnected_at)
        is distinct from (new.status, new.error_code, new.active, new.display_name, new.settings, new.disconnected_at))
    execute function hub.announce('integration');
create trigger hub_announce_new after insert on hub.alert
    for each row execute function hub.announce('alert');
create trigger hub_announce after update of status, severity on hub.alert
    for each row when (old.status is distinct from new.status or old.severity is distinct from new.severity)
    execute function hub.announce('alert');
