-- The hub's own tables. DayFlow's are in V1; nothing here changes their shape.

create table hub.connection (
    id              uuid primary key,
    user_id         uuid        not null references public.users (id) on delete cascade,
    provider        text        not null,
    display_name    text        not null,
    address         text        not null default '',
    account         text        not null,
    endpoints       jsonb       not null default '{}',
    credentials     bytea,
    settings        jsonb       not null default '{}',
    active          boolean     not null default true,
    confirmed_at    timestamptz,
    status          text        not null default 'idle'
        check (status in ('idle', 'syncing', 'success', 'error', 'needs_reconnect')),
    error_code      text,
    error_message   text,
    error_since     timestamptz,
    failures        integer     not null default 0,
    not_before      timestamptz,
    last_sync_at    timestamptz,
    next_sync_at    timestamptz,
    listed_at       timestamptz,
    disconnected_at timestamptz,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    unique (user_id, provider, address, account)
);
comment on column hub.connection.endpoints is 'what discovery found: addresses and abilities of the account, no secrets';
comment on column hub.connection.credentials is 'sealed by the vault with the connection id as context; null when forgotten';
comment on column hub.connection.confirmed_at is 'when the first run was asked for; nothing is read or written before';
comment on column hub.connection.failures is 'runs that failed since the last one that did not';
comment on column hub.connection.not_before is 'no request goes out earlier: rate limit or back-off';
comment on column hub.connection.listed_at is 'when its collections were last listed';
create index on hub.connection (next_sync_at) where active and disconnected_at is null and confirmed_at is not null;

create table hub.collection (
    id              uuid primary key,
    connection_id   uuid        not null references hub.connection (id) on delete cascade,
    external_id     text        not null,
    kind            text        not null check (kind in ('task', 'event')),
    name            text        not null,
    read_only       boolean     not null default false,
    selected        boolean     not null default false,
    attributes      jsonb       not null default '{}',
    cursor          text,
    cursor_failures integer     not null default 0,
    vanished_at     timestamptz,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    unique (connection_id, external_id, kind)
);

create table hub.item (
    id         uuid primary key,
    user_id    uuid        not null references public.users (id) on delete cascade,
    kind       text        not null check (kind in ('task', 'event')),
    fields     jsonb       not null,
    edited     jsonb       not null default '{}',
    revision   bigint      not null default 1,
    uid        text,
    match_key  text        not null,
    origin     uuid        references hub.connection (id) on delete set null,
    deleted_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
comment on column hub.item.edited is 'when each field was last edited by a person, as far as known: field name to instant';
comment on column hub.item.revision is 'grows with every change';
comment on column hub.item.match_key is 'title and time, to know an item again at first contact';
comment on column hub.item.origin is 'the connection it was first seen on; null for DayFlow';
create index on hub.item (user_id, match_key) where deleted_at is null;
create index on hub.item (user_id, uid) where deleted_at is null and uid is not null;
create index on hub.item (deleted_at) where deleted_at is not null;

create table hub.link (
    id              uuid primary key,
    item_id         uuid        not null references hub.item (id) on delete cascade,
    connection_id   uuid        references hub.connection (id) on delete cascade,
    collection_id   uuid        references hub.collection (id) on delete set null,
    external_id     text        not null,
    part            text        not null default '',
    version         text,
    base            jsonb,
    intent          jsonb,
    extras          text,
    verified        boolean     not null default true,
    zone            text,
    state           text        not null default 'live' check (state in ('live', 'gone', 'duplicate', 'detached')),
    gone_at         timestamptz,
    pending         boolean     not null default false,
    parked_revision bigint,
    attempts        integer     not null default 0,
    not_before      timestamptz,
    delete_allowed  boolean     not null default false,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now()
);
comment on column hub.link.connection_id is 'null: the link to the DayFlow row whose id is external_id';
comment on column hub.link.base is 'the view last agreed on; null until the side holds a copy';
comment on column hub.link.extras is 'the object as the side holds it, whole';
comment on column hub.link.verified is 'false: extras is what the hub wrote and has not yet read back';
comment on column hub.link.zone is 'DayFlow only: users.timezone when the row was last read or written';
comment on column hub.link.intent is 'the view of a create that was sent and not yet confirmed';
comment on column hub.link.pending is 'the item changed since this side was last compared with it: a hint where to look';
comment on column hub.link.parked_revision is 'the item revision whose push was refused; a later edit tries again';
comment on column hub.link.delete_allowed is 'a person confirmed this deletion, or the guard let it pass';
create unique index link_external on hub.link (connection_id, external_id, part)
    where connection_id is not null and state <> 'detached' and external_id <> '';
create unique index link_dayflow on hub.link (external_id) where connection_id is null;
create unique index link_item_connection on hub.link (item_id, connection_id) where connection_id is not null and state <> 'detached';
create unique index link_item_dayflow on hub.link (item_id) where connection_id is null;
create index on hub.link (collection_id);
create index link_pending on hub.link (connection_id) where pending and state = 'live';
create index link_gone on hub.link (connection_id) where state = 'gone';

create table hub.job (
    id            uuid primary key,
    connection_id uuid        not null references hub.connection (id) on delete cascade,
    user_id       uuid        not null references public.users (id) on delete cascade,
    operation     text        not null
        check (operation in ('full_sync', 'incremental_sync', 'manual_sync', 'webhook')),
    mode          text        not null check (mode in ('full', 'incremental')),
    preview       boolean     not null default false,
    status        text        not null default 'pending'
        check (status in ('pending', 'running', 'paused', 'held', 'completed', 'failed', 'cancelled')),
    control       text check (control in ('pause', 'cancel')),
    done          bigint      not null default 0,
    total         bigint,
    counts        jsonb       not null default '{}',
    error_type    text,
    error_message text,
    held          jsonb,
    requested_at  timestamptz not null default now(),
    started_at    timestamptz,
    completed_at  timestamptz
);
comment on column hub.job.control is 'what a person asked of a running job; obeyed at the next page';
comment on column hub.job.held is 'what a held job waits for a confirmation of';
create index on hub.job (connection_id, requested_at desc);
create index on hub.job (user_id, requested_at desc);
create unique index job_one_open on hub.job (connection_id) where status in ('pending', 'running', 'paused');

create table hub.job_change (
    job_id    uuid   not null references hub.job (id) on delete cascade,
    seq       bigint generated always as identity,
    side      uuid,
    operation text   not null,
    item_id   uuid,
    title     text   not null,
    before    jsonb,
    after     jsonb,
    primary key (job_id, seq)
);
comment on table hub.job_change is 'what a preview would do';

create table hub.journal (
    id            bigint generated always as identity primary key,
    at            timestamptz not null default clock_timestamp(),
    user_id       uuid        not null references public.users (id) on delete cascade,
    job_id        uuid,
    item_id       uuid        not null,
    connection_id uuid,
    operation     text        not null check (operation in ('create', 'update', 'delete')),
    before        jsonb,
    after         jsonb,
    cause         text        not null
);
comment on table hub.journal is 'every write the hub made on any side; connection_id null is DayFlow. Append-only.';
create index on hub.journal (user_id, id desc);
create index on hub.journal (item_id, id desc);
create index on hub.journal (job_id) where job_id is not null;

create table hub.conflict (
    id            uuid primary key,
    user_id       uuid        not null references public.users (id) on delete cascade,
    connection_id uuid        not null references hub.connection (id) on delete cascade,
    item_id       uuid        not null references hub.item (id) on delete cascade,
    link_id       uuid        not null references hub.link (id) on delete cascade,
    kind          text        not null check (kind in ('task', 'event')),
    type          text        not null,
    title         text        not null,
    fields        jsonb       not null,
    status        text        not null default 'open' check (status in ('open', 'resolved')),
    resolution    text,
    resolved_by   text,
    detected_at   timestamptz not null default now(),
    resolved_at   timestamptz
);
create unique index conflict_one_open on hub.conflict (link_id) where status = 'open';
create index on hub.conflict (user_id, status, detected_at desc);

create table hub.dead_letter (
    id            uuid primary key,
    user_id       uuid        not null references public.users (id) on delete cascade,
    connection_id uuid        not null references hub.connection (id) on delete cascade,
    collection_id uuid        references hub.collection (id) on delete cascade,
    job_id        uuid,
    item_id       uuid,
    link_id       uuid        references hub.link (id) on delete cascade,
    direction     text        not null check (direction in ('inbound', 'outbound')),
    external_id   text        not null,
    part          text        not null default '',
    version       text,
    fault         text        not null,
    message       text        not null,
    payload       text,
    attempts      integer     not null default 1,
    created_at    timestamptz not null default now(),
    last_at       timestamptz not null default now()
);
create unique index dead_letter_place on hub.dead_letter (connection_id, direction, external_id, part);
create index on hub.dead_letter (user_id, created_at desc);

create table hub.lease (
    resource text primary key,
    owner    text        not null,
    token    uuid        not null,
    until    timestamptz not null
);
comment on table hub.lease is 'who works on what; a row past its time is free for anybody';

create table hub.dayflow_change (
    id        bigint generated always as identity primary key,
    user_id   uuid        not null,
    source    text        not null check (source in ('tasks', 'calendar_events', 'users')),
    row_id    uuid        not null,
    operation text        not null check (operation in ('insert', 'update', 'delete')),
    at        timestamptz not null default clock_timestamp()
);
comment on table hub.dayflow_change is 'rows of DayFlow that somebody other than the hub changed; taken away when absorbed';
create index on hub.dayflow_change (row_id);
