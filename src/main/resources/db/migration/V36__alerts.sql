-- What looks like an attack, or like a mistake that opens the way for one.

create table hub.alert (
    id              uuid primary key,
    rule            text        not null,
    subject         text        not null,
    user_id         uuid references public.users (id) on delete cascade,
    severity        text        not null check (severity in ('low', 'medium', 'high')),
    status          text        not null default 'open' check (status in ('open', 'acknowledged')),
    count           bigint      not null,
    first_at        timestamptz not null,
    last_at         timestamptz not null,
    acknowledged_at timestamptz,
    acknowledged_by text
);
comment on table hub.alert is 'one open alert a rule and subject, however often it happened';
comment on column hub.alert.user_id is 'whose affair it is; null where it is nobody''s, then only operators see it';
create unique index alert_one_open on hub.alert (rule, subject) where status = 'open';
create index on hub.alert (last_at desc, id desc);
create index on hub.alert (user_id, last_at desc) where user_id is not null;

create unlogged table hub.alert_count (
    rule    text        not null,
    subject text        not null,
    bucket  timestamptz not null,
    first_at timestamptz not null,
    count   bigint      not null,
    primary key (rule, subject, bucket)
);
comment on table hub.alert_count is 'what all instances counted of late, a tenth of the rule''s window in a row; forgotten after the window';
create index on hub.alert_count (bucket);

create function hub.tell_alert() returns trigger
    language plpgsql as
$$
begin
    perform pg_notify('hub_event', json_build_object('type', 'alert', 'id', new.id, 'userId', new.user_id)::text);
    return null;
end
$$;
create trigger hub_tell after insert or update on hub.alert for each row execute function hub.tell_alert();
