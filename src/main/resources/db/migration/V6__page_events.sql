-- What pages show live beyond jobs, connections and conflicts: that items, or dead letters, of a user changed. One
-- notification a user and transaction, however many rows: equal ones are told once.

create function hub.tell_items() returns trigger
    language plpgsql as
$$
declare
    owner uuid;
begin
    for owner in select distinct user_id from touched loop
        perform pg_notify('hub_event', json_build_object('type', 'items', 'id', owner, 'userId', owner)::text);
    end loop;
    return null;
end
$$;

create trigger hub_tell_items after insert on hub.journal
    referencing new table as touched for each statement execute function hub.tell_items();
create trigger hub_tell_items after insert on hub.dayflow_change
    referencing new table as touched for each statement execute function hub.tell_items();
create trigger hub_tell_items_new after insert on hub.dead_letter
    referencing new table as touched for each statement execute function hub.tell_items();
create trigger hub_tell_items_gone after delete on hub.dead_letter
    referencing old table as touched for each statement execute function hub.tell_items();
