-- Sweeps: jobs that compare what both sides hold with what was last agreed. And links that two writers fight over.

alter table hub.job drop constraint job_operation_check;
alter table hub.job add constraint job_operation_check
    check (operation in ('full_sync', 'incremental_sync', 'manual_sync', 'webhook', 'undo', 'sweep'));
alter table hub.job drop constraint job_mode_check;
alter table hub.job add constraint job_mode_check check (mode in ('full', 'incremental', 'sweep'));

alter table hub.connection add column swept_at timestamptz;
comment on column hub.connection.swept_at is 'when its last sweep was asked for; null before the first';

alter table hub.link add column trail jsonb;
comment on column hub.link.trail is
    'who changed the copy last, and from what to what, as fingerprints: how two writers that take each other back are known';
alter table hub.link add column quarantined_at timestamptz;
comment on column hub.link.quarantined_at is 'since when nothing is carried over, as both sides keep taking each other back';
create index link_quarantined on hub.link (connection_id) where quarantined_at is not null;
