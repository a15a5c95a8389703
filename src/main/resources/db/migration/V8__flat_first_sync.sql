-- What a page asks for is found by an index however many items there are.

create index link_item on hub.link (item_id);
create index link_unanswered on hub.link (connection_id) where state = 'live' and base is null and intent is not null;
create index link_released on hub.link (connection_id, external_id) where state = 'detached' and version is not null;
create index conflict_open_item on hub.conflict (item_id) where status = 'open';

-- what a job did is shown a page at a time
create index journal_job on hub.journal (job_id, id) where job_id is not null;
drop index hub.journal_job_id_idx;
