-- Undo: a job that takes another one back, or a single write, and says what it had to leave.

alter table hub.job drop constraint job_operation_check;
alter table hub.job add constraint job_operation_check
    check (operation in ('full_sync', 'incremental_sync', 'manual_sync', 'webhook', 'undo'));
alter table hub.job add column undoes uuid;
alter table hub.job add column undoes_entry bigint;
comment on column hub.job.undoes is 'the job that this one takes back';
comment on column hub.job.undoes_entry is 'the entry of the journal that this one takes back';

alter table hub.job_change add column reason text;
comment on table hub.job_change is 'what a preview would do; of an undo, what it did or would do, and what it leaves';
comment on column hub.job_change.reason is 'why an undo leaves this as it is; null where it does not';
create index on hub.job_change (item_id) where item_id is not null;

alter table hub.journal add column item_before jsonb;
alter table hub.journal add column item_after jsonb;
comment on column hub.journal.item_before is
    'of an update of DayFlow: the parts of the item that changed with it, richer than the row can tell; null if not known';
