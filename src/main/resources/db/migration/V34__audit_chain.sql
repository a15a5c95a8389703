-- The audit trail as a chain: each line seals the one before, and lines are only ever added.

alter table hub.audit drop constraint audit_user_id_fkey;
drop index hub.audit_user_id_id_idx;

alter table hub.audit
    add column object         text,
    add column agent          text,
    add column actor_salt     bytea default uuid_send(gen_random_uuid()),
    add column affair_salt    bytea default uuid_send(gen_random_uuid()),
    add column sequence       bigint unique,
    add column sealed_at      timestamptz,
    add column previous_hash  bytea,
    add column actor_digest   bytea,
    add column affair_digest  bytea,
    add column hash           bytea,
    add column erased_at      timestamptz,
    add column actor_erasure  uuid,
    add column affair_erasure uuid;
comment on table hub.audit is 'who did or tried what. Append-only, sealed into a chain; no secrets, no payloads.';
comment on column hub.audit.user_id is 'whose affair it is; null where it is nobody''s, or erased. No foreign key: a line outlives the user';
comment on column hub.audit.object is 'what it was done to: a kind and an id, as in connection:<id>';
comment on column hub.audit.agent is 'the program that asked, as it calls itself';
comment on column hub.audit.actor_salt is 'of actor_digest, which covers actor, remote and agent; null once they are erased';
comment on column hub.audit.affair_salt is 'of affair_digest, which covers user_id, object and detail; null once they are erased';
comment on column hub.audit.sequence is 'place in the chain; null until sealed';
comment on column hub.audit.hash is 'SHA-256 of the line with the hash of the one before; docs/audit.md says how';
comment on column hub.audit.actor_erasure is 'the erasure that blanked the actor''s part; a line audit.erased names it';

create index audit_unsealed on hub.audit (id) where sequence is null;
create index audit_by_time on hub.audit (at desc, id desc);
create index audit_by_user on hub.audit (user_id, at desc, id desc) where user_id is not null;
create index audit_by_actor on hub.audit (actor, at desc, id desc);
create index audit_by_action on hub.audit (action, at desc, id desc);
create index audit_by_object on hub.audit (object, at desc, id desc) where object is not null;

create function hub.audit_words(line hub.audit) returns tsvector
    language sql immutable parallel safe
    return to_tsvector('simple', translate(
        line.actor || ' ' || line.action || ' ' || coalesce(line.provider, '') || ' ' || coalesce(line.object, '')
            || ' ' || line.detail::text || ' ' || coalesce(line.remote, '') || ' ' || coalesce(line.agent, ''),
        '.:/@-_"{},[]()=?&;<>+#%|\''*!~^$`', repeat(' ', 40)));
comment on function hub.audit_words(hub.audit) is 'what a line is found by';
create index audit_by_words on hub.audit using gin (hub.audit_words(audit));

create table hub.audit_chain (
    only_one        boolean primary key default true check (only_one),
    anchor_sequence bigint not null,
    anchor_hash     bytea  not null,
    head_sequence   bigint not null,
    head_hash       bytea  not null
);
comment on table hub.audit_chain is 'where the chain begins and ends; its row is the lock of all that change the chain';
comment on column hub.audit_chain.anchor_sequence is 'the last line that retention removed; 0 while none was';
insert into hub.audit_chain
values (true, 0, decode(repeat('00', 32), 'hex'), 0, decode(repeat('00', 32), 'hex'));

-- A field is told by its length, so that no two lists of fields read alike.
create function hub.audit_field(value text) returns bytea
    language sql immutable parallel safe
    return case
        when value is null then '\x2d'::bytea
        else convert_to(octet_length(convert_to(value, 'UTF8'))::text || ':', 'UTF8') || convert_to(value, 'UTF8')
    end;

create function hub.audit_actor_digest(line hub.audit) returns bytea
    language sql immutable
    return sha256(hub.audit_field(encode(line.actor_salt, 'hex')) || hub.audit_field(line.actor)
        || hub.audit_field(line.remote) || hub.audit_field(line.agent));

create function hub.audit_affair_digest(line hub.audit) returns bytea
    language sql immutable
    return sha256(hub.audit_field(encode(line.affair_salt, 'hex')) || hub.audit_field(line.user_id::text)
        || hub.audit_field(line.object) || hub.audit_field(line.detail::text));

create function hub.audit_hash(line hub.audit) returns bytea
    language sql stable
    return sha256(hub.audit_field('dayflow-hub-audit-1') || hub.audit_field(line.sequence::text)
        || hub.audit_field(encode(line.previous_hash, 'hex')) || hub.audit_field(line.id::text)
        || hub.audit_field((extract(epoch from line.at) * 1000000)::bigint::text)
        || hub.audit_field((extract(epoch from line.sealed_at) * 1000000)::bigint::text)
        || hub.audit_field(line.action) || hub.audit_field(line.provider)
        || hub.audit_field(encode(line.actor_digest, 'hex')) || hub.audit_field(encode(line.affair_digest, 'hex')));

-- Lines in the order of their numbers. One that was written earlier and committed later is sealed later: none is missed.
create function hub.seal_audit(most integer default 10000) returns integer
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp as
$$
declare
    chain  hub.audit_chain;
    line   hub.audit;
    sealed integer := 0;
begin
    select * into strict chain from hub.audit_chain for update;
    for line in select * from hub.audit where sequence is null order by id limit most loop
        line.sequence := chain.head_sequence + 1;
        line.previous_hash := chain.head_hash;
        line.sealed_at := clock_timestamp();
        line.actor_digest := hub.audit_actor_digest(line);
        line.affair_digest := hub.audit_affair_digest(line);
        line.hash := hub.audit_hash(line);
        update hub.audit
        set sequence = line.sequence, previous_hash = line.previous_hash, sealed_at = line.sealed_at,
            actor_digest = line.actor_digest, affair_digest = line.affair_digest, hash = line.hash
        where id = line.id;
        chain.head_sequence := line.sequence;
        chain.head_hash := line.hash;
        sealed := sealed + 1;
    end loop;
    if sealed > 0 then
        update hub.audit_chain set head_sequence = chain.head_sequence, head_hash = chain.head_hash;
    end if;
    return sealed;
end
$$;
comment on function hub.seal_audit(integer) is 'chains lines that are not chained yet; how many';

-- Removes the beginning of the chain and nothing else: up to the first line that is to be kept.
create function hub.forget_audit(before timestamptz) returns bigint
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp as
$$
declare
    chain hub.audit_chain;
    last  bigint;
    gone  bigint;
begin
    if before > now() - interval '1 day' then
        raise exception 'lines of the audit trail are kept for a day at least' using errcode = 'check_violation';
    end if;
    select * into strict chain from hub.audit_chain for update;
    while hub.seal_audit(10000) = 10000 loop
    end loop;
    select * into strict chain from hub.audit_chain;
    select coalesce(
        (select sequence - 1 from hub.audit
         where sequence > chain.anchor_sequence and at >= before order by sequence limit 1),
        chain.head_sequence) into last;
    if last <= chain.anchor_sequence then
        return 0;
    end if;
    select hash into strict chain.anchor_hash from hub.audit where sequence = last;
    delete from hub.audit where sequence <= last;
    get diagnostics gone = row_count;
    update hub.audit_chain set anchor_sequence = last, anchor_hash = chain.anchor_hash;
    insert into hub.audit (actor, action, detail)
    values ('hub', 'audit.forgotten', jsonb_build_object('lines', gone, 'sequence', last,
        'hash', encode(chain.anchor_hash, 'hex'), 'before', before));
    return gone;
end
$$;
comment on function hub.forget_audit(timestamptz) is 'retention: removes lines older than this from the beginning; how many';

-- Blanks what is about a person. The digests stay, so the chain still holds; a line tells how many parts were blanked.
create function hub.erase_audit(person uuid, names text[] default '{}') returns bigint
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp as
$$
declare
    this    uuid := gen_random_uuid();
    affairs bigint;
    actors  bigint;
begin
    perform from hub.audit_chain for update;
    while hub.seal_audit(10000) = 10000 loop
    end loop;
    update hub.audit
    set actor = 'erased', remote = null, agent = null, actor_salt = null, actor_erasure = this, erased_at = now()
    where actor_salt is not null and sequence is not null
      and (actor = person::text or actor = any (names)
           or actor = 'anonymous' and (user_id = person or detail ->> 'name' = any (names)));
    get diagnostics actors = row_count;
    update hub.audit
    set user_id = null, object = null, detail = '{}', affair_salt = null, affair_erasure = this, erased_at = now()
    where affair_salt is not null and sequence is not null
      and (user_id = person or user_id is null and actor_erasure = this
           or object = 'user:' || person or detail ->> 'name' = any (names)
           or position(person::text in detail::text) > 0);
    get diagnostics affairs = row_count;
    if actors + affairs > 0 then
        insert into hub.audit (actor, action, detail)
        values ('hub', 'audit.erased', jsonb_build_object('erasure', this, 'parts', actors + affairs));
    end if;
    return actors + affairs;
end
$$;
comment on function hub.erase_audit(uuid, text[]) is 'blanks what lines say about a person; how many parts of lines';

-- Only the functions above change a line: the trigger looks who called.
create function hub.audit_only_grows() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp as
$$
declare
    calls text;
begin
    if tg_op <> 'TRUNCATE' then
        get diagnostics calls = pg_context;
        if calls ~ '(^|\n)[^\n]*\mhub\.(seal_audit\(integer\)|forget_audit\(timestamp with time zone\)|erase_audit\(uuid,text\[\]\))' then
            return null;
        end if;
    end if;
    raise exception 'hub.% is append-only: % is refused', tg_table_name, lower(tg_op)
        using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_only_grows before update or delete or truncate on hub.audit
    for each statement execute function hub.audit_only_grows();
create trigger audit_only_grows before insert or update or delete or truncate on hub.audit_chain
    for each statement execute function hub.audit_only_grows();
alter table hub.audit enable always trigger audit_only_grows;
alter table hub.audit_chain enable always trigger audit_only_grows;

create function hub.audit_is_unsealed() returns trigger
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
        if calls !~ '(^|\n)[^\n]*\mhub\.(forget_audit\(timestamp with time zone\)|erase_audit\(uuid,text\[\]\))' then
            raise exception '% is said by its function only', new.action using errcode = 'insufficient_privilege';
        end if;
    end if;
    return new;
end
$$;
create trigger audit_is_unsealed before insert on hub.audit
    for each row execute function hub.audit_is_unsealed();
alter table hub.audit enable always trigger audit_is_unsealed;
