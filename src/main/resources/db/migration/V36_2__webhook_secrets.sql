-- Secrets that services sign their webhooks with, where they were told to the running hub: several are valid while one takes
-- over from another.

create table hub.webhook_secret (
    id            uuid primary key,
    provider      text        not null,
    connection_id uuid references hub.connection (id) on delete cascade,
    secret        bytea       not null,
    secret_key    bigint generated always as (hub.sealing_key(secret)) stored,
    made_at       timestamptz not null,
    valid_until   timestamptz
);
comment on column hub.webhook_secret.connection_id is 'null: it signs all of the service''s webhooks but those to connections with a secret of their own';
comment on column hub.webhook_secret.secret is 'sealed by the vault with the row''s id as context';
comment on column hub.webhook_secret.valid_until is 'null: until another one takes over';
create unique index webhook_secret_present on hub.webhook_secret (provider, coalesce(connection_id, '00000000-0000-0000-0000-000000000000'))
    where valid_until is null;
create index on hub.webhook_secret (provider, coalesce(connection_id, '00000000-0000-0000-0000-000000000000'));
create index on hub.webhook_secret (connection_id) where connection_id is not null;
create index on hub.webhook_secret (secret_key);

-- As in V36_1, but an endpoint that somebody is deleting at this moment is waited for and then left out: else what is
-- announced would fail with it.
create or replace function hub.announce() returns trigger
    language plpgsql as
$$
begin
    insert into hub.webhook_message (id, endpoint_id, user_id, type, subject, next_at, created_at)
    select gen_random_uuid(), e.id, new.user_id, tg_argv[0], new.id, clock_timestamp(), clock_timestamp()
    from hub.webhook_endpoint e
    where e.active and (e.user_id = new.user_id or e.user_id is null) and tg_argv[0] = any (e.events)
    for key share of e
    on conflict (endpoint_id, type, subject) where body is null do update set created_at = excluded.created_at;
    if found then
        perform pg_notify('hub_work', 'webhook-message');
    end if;
    return null;
end
$$;
