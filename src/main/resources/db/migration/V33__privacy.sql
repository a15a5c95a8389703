-- What a person agreed to, what is done when they want everything gone, and indexes that make that cheap.

create table hub.consent (
    id            uuid primary key,
    user_id       uuid        not null references public.users (id) on delete cascade,
    connection_id uuid        references hub.connection (id) on delete set null,
    provider      text        not null,
    account       text        not null,
    kind          text        not null check (kind in ('oauth2', 'credentials')),
    scopes        text[]      not null default '{}',
    text_version  text        not null,
    given_at      timestamptz not null,
    given_by      text        not null,
    remote        text,
    agent         text,
    ended_at      timestamptz,
    ended         text check (ended in ('withdrawn', 'renewed'))
);
comment on table hub.consent is 'which access to which account a person allowed the hub, when, and when that ended';
comment on column hub.consent.scopes is 'of oauth2: what the service granted; of credentials: the names of the fields that were typed';
comment on column hub.consent.text_version is 'of the text that was shown';
comment on column hub.consent.given_by is 'who was signed in';
create index on hub.consent (user_id, given_at desc);
create index on hub.consent (connection_id) where connection_id is not null;
create index on hub.consent (ended_at) where ended_at is not null;

create table hub.erasure (
    id           uuid primary key,
    user_id      uuid unique,
    dayflow      text        not null check (dayflow in ('keep', 'remove')),
    step         text        not null default 'stop' check (step in ('stop', 'revoke', 'delete', 'dayflow', 'finish', 'done')),
    requested_at timestamptz not null,
    finished_at  timestamptz,
    counts       jsonb       not null default '{}',
    revocations  jsonb       not null default '{}',
    attempts     integer     not null default 0,
    not_before   timestamptz,
    worker       uuid,
    worker_until timestamptz,
    check ((step = 'done') = (finished_at is not null)),
    check (step <> 'done' or user_id is null)
);
comment on table hub.erasure is 'erasures under way, and the receipts of those that are done; these say nothing about a person';
comment on column hub.erasure.user_id is 'whose data go; null once they are gone';
comment on column hub.erasure.counts is 'rows that went, by table';
comment on column hub.erasure.revocations is 'how many permissions ended how, by service and outcome';
comment on column hub.erasure.worker is 'the hub that works on it until worker_until';
create index on hub.erasure (finished_at) where finished_at is not null;

-- what is deleted is looked for from the other side of its keys
create index conflict_item on hub.conflict (item_id);
create index conflict_link on hub.conflict (link_id);
create index conflict_resolved on hub.conflict (resolved_at) where status = 'resolved';
create index dead_letter_link on hub.dead_letter (link_id) where link_id is not null;
create index dead_letter_last on hub.dead_letter (last_at);
create index journal_at on hub.journal (at);
create index audit_at on hub.audit (at);
create index job_completed on hub.job (completed_at) where completed_at is not null;

-- Bytes that somebody sent, as text where they are one.
create function hub.as_text(bytes bytea) returns text
    language plpgsql immutable as
$$
begin
    return convert_from(bytes, 'UTF8');
exception when others then
    return encode(bytes, 'base64');
end
$$;
