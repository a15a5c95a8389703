-- What services tell by themselves, and who tried what.

create table hub.webhook_event (
    id            uuid primary key,
    provider      text        not null,
    connection_id uuid,
    delivery_id   text        not null,
    body          bytea,
    received_at   timestamptz not null,
    state         text        not null default 'stored' check (state in ('stored', 'done', 'ignored', 'parked')),
    attempts      integer     not null default 0,
    not_before    timestamptz,
    note          text,
    unique (provider, delivery_id)
);
alter table hub.webhook_event alter column body set storage external;
comment on table hub.webhook_event is 'deliveries of services: stored, answered, worked on later; kept for a while to know duplicates';
comment on column hub.webhook_event.connection_id is 'the connection that the called address names, if it names one';
comment on column hub.webhook_event.body is 'as it was sent and signed; null once it is worked on';
comment on column hub.webhook_event.note is 'why it was ignored or parked';
create index webhook_event_stored on hub.webhook_event (provider, id) where state = 'stored';

create table hub.webhook_hint (
    id            uuid primary key,
    connection_id uuid        not null references hub.connection (id) on delete cascade,
    external_id   text        not null,
    collection    text,
    version       text,
    gone          boolean     not null,
    payload       text,
    received_at   timestamptz not null,
    alone         boolean     not null default false,
    attempts      integer     not null default 0,
    not_before    timestamptz,
    worked_at     timestamptz
);
comment on table hub.webhook_hint is 'what deliveries say about objects of one connection; gone when worked on';
comment on column hub.webhook_hint.alone is 'a look together with others failed';
comment on column hub.webhook_hint.worked_at is 'only where it said that the object is gone: kept for a while, so that late news of it is not believed unseen';
create index webhook_hint_waiting on hub.webhook_hint (connection_id, id) where worked_at is null;
create index webhook_hint_gone on hub.webhook_hint (connection_id, external_id) where worked_at is not null;

alter table hub.connection add column webhook_at timestamptz;
comment on column hub.connection.webhook_at is 'when the service last told something by itself';

create index link_ended on hub.link (connection_id, gone_at) where state = 'detached';

create table hub.audit (
    id       bigint generated always as identity primary key,
    at       timestamptz not null default clock_timestamp(),
    user_id  uuid references public.users (id) on delete cascade,
    actor    text        not null,
    action   text        not null,
    provider text,
    detail   jsonb       not null default '{}',
    remote   text
);
comment on table hub.audit is 'who did or tried what. Append-only; no secrets, no payloads.';
comment on column hub.audit.user_id is 'whose affair it is; null where it is nobody''s';
create index on hub.audit (user_id, id desc) where user_id is not null;
