-- Which function changes the audit trail is told by the first frames of the call stack, each compared whole. A frame quotes its
-- statement, and a statement may hold any text: looked for anywhere, a function's name could be put there by anybody.

-- How this server writes a frame: its messages may be in another language.
create function hub.audit_frame() returns text
    language plpgsql
    set search_path = pg_catalog, pg_temp as
$$
declare
    calls text;
begin
    get diagnostics calls = pg_context;
    return calls;
end
$$;
comment on function hub.audit_frame() is 'the call stack as seen from here';

create function hub.audit_called_by(calls text, caller text, statements text[]) returns boolean
    language plpgsql
    set search_path = pg_catalog, pg_temp as
$$
declare
    known     text;
    frames    text;
    function  text;
    opening   text;
    closing   text;
    statement text;
begin
    select hub.audit_frame() into strict known;
    function := split_part(known, 'hub.audit_frame()', 1);
    known := substr(known, position(E'\n' in known) + 1);
    opening := split_part(known, 'select hub.audit_frame()', 1);
    closing := split_part(split_part(known, 'select hub.audit_frame()', 2), E'\n', 1);
    frames := substr(calls, position(E'\n' in calls) + 1);
    foreach statement in array statements loop
        if starts_with(frames, opening || statement || closing || E'\n' || function || caller) then
            return true;
        end if;
    end loop;
    return false;
end
$$;
comment on function hub.audit_called_by(text, text, text[]) is
    'whether a trigger with this call stack was set off by one of these statements of this function';

create or replace function hub.audit_only_grows() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp as
$$
declare
    calls text;
begin
    if tg_op <> 'TRUNCATE' then
        get diagnostics calls = pg_context;
        if hub.audit_called_by(calls, 'hub.seal_audit(integer)', array[
$s$update hub.audit
        set sequence = line.sequence, previous_hash = line.previous_hash, sealed_at = line.sealed_at,
            actor_digest = line.actor_digest, affair_digest = line.affair_digest, hash = line.hash
        where id = line.id$s$,
$s$update hub.audit_chain set head_sequence = chain.head_sequence, head_hash = chain.head_hash$s$])
            or hub.audit_called_by(calls, 'hub.forget_audit(timestamp with time zone)', array[
$s$delete from hub.audit where sequence <= last$s$,
$s$update hub.audit_chain set anchor_sequence = last, anchor_hash = chain.anchor_hash$s$])
            or hub.audit_called_by(calls, 'hub.erase_audit(uuid,text[])', array[ -- as V44 has it
$s$update hub.audit
    set actor = 'erased', remote = null, agent = null, actor_salt = null, actor_erasure = this, erased_at = now()
    where actor_salt is not null and sequence is not null
      and (actor = person::text or lower(actor) = any (own)
           or actor = 'anonymous' and (user_id = person or lower(detail ->> 'name') = any (typed)))$s$,
$s$update hub.audit
    set user_id = null, object = null, detail = '{}', affair_salt = null, affair_erasure = this, erased_at = now()
    where affair_salt is not null and sequence is not null
      and (user_id = person or user_id is null and actor_erasure = this
           or object = 'user:' || person or lower(detail ->> 'name') = any (typed)
           or position(person::text in detail::text) > 0)$s$])
        then
            return null;
        end if;
    end if;
    raise exception 'hub.% is append-only: % is refused', tg_table_name, lower(tg_op)
        using errcode = 'insufficient_privilege';
end
$$;

create or replace function hub.audit_is_unsealed() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp as
$$
declare
    calls text;
begin
    if num_nonnulls(new.sequence, new.sealed_at, new.previous_hash, new.actor_digest, new.affair_digest, new.hash,
                    new.erased_at, new.actor_erasure, new.affair_erasure) > 0
        or num_nulls(new.actor_salt, new.affair_salt) > 0 then
        raise exception 'a line of hub.audit is sealed by seal_audit() only' using errcode = 'insufficient_privilege';
    end if;
    if new.action in ('audit.forgotten', 'audit.erased') then
        get diagnostics calls = pg_context;
        if not hub.audit_called_by(calls, 'hub.forget_audit(timestamp with time zone)', array[
$s$insert into hub.audit (actor, action, detail)
    values ('hub', 'audit.forgotten', jsonb_build_object('lines', gone, 'sequence', last,
        'hash', encode(chain.anchor_hash, 'hex'), 'before', before))$s$])
            and not hub.audit_called_by(calls, 'hub.erase_audit(uuid,text[])', array[
$s$insert into hub.audit (actor, action, detail)
        values ('hub', 'audit.erased', jsonb_build_object('erasure', this, 'parts', actors + affairs))$s$])
        then
            raise exception '% is said by its function only', new.action using errcode = 'insufficient_privilege';
        end if;
    end if;
    return new;
end
$$;
