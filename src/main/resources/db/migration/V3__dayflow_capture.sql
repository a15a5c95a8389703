-- Change capture on DayFlow's tables. The hub's own transactions set hub.origin and are not recorded.

create function hub.is_own_write() returns boolean
    language sql stable as
$$ select coalesce(current_setting('hub.origin', true), '') = 'hub' $$;

create function hub.capture_row() returns trigger
    language plpgsql as
$$
declare
    row_now record := case when tg_op = 'DELETE' then old else new end;
begin
    if hub.is_own_write() then
        return null;
    end if;
    if tg_op = 'UPDATE' and old is not distinct from new then
        return null;
    end if;
    insert into hub.dayflow_change (user_id, source, row_id, operation)
    values (row_now.user_id, tg_table_name, row_now.id, lower(tg_op));
    perform pg_notify('hub_work', 'dayflow');
    return null;
end
$$;

create function hub.capture_tags() returns trigger
    language plpgsql as
$$
begin
    if hub.is_own_write() then
        return null;
    end if;
    if tg_table_name = 'task_tags' then
        insert into hub.dayflow_change (user_id, source, row_id, operation)
        select t.user_id, 'tasks', t.id, 'update'
        from public.tasks t
        where t.id in (case when tg_op <> 'INSERT' then old.task_id end, case when tg_op <> 'DELETE' then new.task_id end);
    else
        insert into hub.dayflow_change (user_id, source, row_id, operation)
        select e.user_id, 'calendar_events', e.id, 'update'
        from public.calendar_events e
        where e.id in (case when tg_op <> 'INSERT' then old.event_id end, case when tg_op <> 'DELETE' then new.event_id end);
    end if;
    perform pg_notify('hub_work', 'dayflow');
    return null;
end
$$;

-- A renamed category or tag changes every row that carries it.
create function hub.capture_name() returns trigger
    language plpgsql as
$$
begin
    if hub.is_own_write() or old.name is not distinct from new.name then
        return null;
    end if;
    if tg_table_name = 'categories' then
        insert into hub.dayflow_change (user_id, source, row_id, operation)
        select user_id, 'tasks', id, 'update' from public.tasks where category_id = new.id
        union all
        select user_id, 'calendar_events', id, 'update' from public.calendar_events where category_id = new.id;
    else
        insert into hub.dayflow_change (user_id, source, row_id, operation)
        select t.user_id, 'tasks', t.id, 'update'
        from public.task_tags tt join public.tasks t on t.id = tt.task_id where tt.tag_id = new.id
        union all
        select e.user_id, 'calendar_events', e.id, 'update'
        from public.event_tags et join public.calendar_events e on e.id = et.event_id where et.tag_id = new.id;
    end if;
    perform pg_notify('hub_work', 'dayflow');
    return null;
end
$$;

create function hub.capture_zone() returns trigger
    language plpgsql as
$$
begin
    if old.timezone is distinct from new.timezone then
        insert into hub.dayflow_change (user_id, source, row_id, operation) values (new.id, 'users', new.id, 'update');
        perform pg_notify('hub_work', 'dayflow');
    end if;
    return null;
end
$$;

create trigger hub_capture after insert or update or delete on public.tasks
    for each row execute function hub.capture_row();
create trigger hub_capture after insert or update or delete on public.calendar_events
    for each row execute function hub.capture_row();
create trigger hub_capture after insert or update or delete on public.task_tags
    for each row execute function hub.capture_tags();
create trigger hub_capture after insert or update or delete on public.event_tags
    for each row execute function hub.capture_tags();
create trigger hub_capture after update on public.categories
    for each row execute function hub.capture_name();
create trigger hub_capture after update on public.tags
    for each row execute function hub.capture_name();
create trigger hub_capture after update on public.users
    for each row execute function hub.capture_zone();

-- What pages and event streams show live.
create function hub.tell() returns trigger
    language plpgsql as
$$
begin
    perform pg_notify('hub_event',
        json_build_object('type', tg_argv[0], 'id', new.id, 'userId', new.user_id)::text);
    return null;
end
$$;

create trigger hub_tell after insert or update on hub.job
    for each row execute function hub.tell('job');
create trigger hub_tell after insert or update on hub.conflict
    for each row execute function hub.tell('conflict');
create trigger hub_tell after insert or update of status, error_code, error_message, active, display_name, settings,
    last_sync_at, next_sync_at, disconnected_at on hub.connection
    for each row execute function hub.tell('integration');
