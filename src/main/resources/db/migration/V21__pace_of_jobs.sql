-- How fast a job is, is measured from where it was last taken up: a pause is no slowness.

alter table hub.job add column resumed_at timestamptz;
alter table hub.job add column resumed_done bigint not null default 0;
comment on column hub.job.resumed_at is 'when it was last taken up';
comment on column hub.job.resumed_done is 'what was done by then';
