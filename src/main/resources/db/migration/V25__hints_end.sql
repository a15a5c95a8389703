-- What is not known is looked at before it is believed, so nobody has to remember what was gone.
delete from hub.webhook_hint where worked_at is not null;
drop index hub.webhook_hint_gone;
drop index hub.webhook_hint_waiting;
alter table hub.webhook_hint drop column worked_at;
create index webhook_hint_waiting on hub.webhook_hint (connection_id, id);
