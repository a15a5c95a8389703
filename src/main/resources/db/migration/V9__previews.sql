-- What a preview says beyond writes: conflicts, what a side cannot hold, why the run would be held.

alter table hub.job_change add column note text;
comment on column hub.job_change.note is 'the fields of a conflict or a loss, or why the run would be held';
