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
