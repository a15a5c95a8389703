-- What a person signs in as is known until their erasure is done; lines that the hub or nobody wrote are nobody else's.

alter table hub.erasure
    add column names text[] not null default '{}',
    add check (step <> 'done' or names = '{}');
comment on column hub.erasure.names is
    'what the person signs in as, in lower case: their account may go before all that names it; empty once it is done';

-- As in V34, but names that stand for nobody in particular are no person's, and case makes no difference.
create or replace function hub.erase_audit(person uuid, names text[] default '{}') returns bigint
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp as
$$
declare
    this    uuid := gen_random_uuid();
    typed   text[] := array(select lower(name) from unnest(names) name);
    own     text[] := array(select name from unnest(typed) name
                            where name not in ('operator', 'hub', 'anonymous', 'erased'));
    affairs bigint;
    actors  bigint;
begin
    perform from hub.audit_chain for update;
    while hub.seal_audit(10000) = 10000 loop
    end loop;
    update hub.audit
    set actor = 'erased', remote = null, agent = null, actor_salt = null, actor_erasure = this, erased_at = now()
    where actor_salt is not null and sequence is not null
      and (actor = person::text or lower(actor) = any (own)
           or actor = 'anonymous' and (user_id = person or lower(detail ->> 'name') = any (typed)));
    get diagnostics actors = row_count;
    update hub.audit
    set user_id = null, object = null, detail = '{}', affair_salt = null, affair_erasure = this, erased_at = now()
    where affair_salt is not null and sequence is not null
      and (user_id = person or user_id is null and actor_erasure = this
           or object = 'user:' || person or lower(detail ->> 'name') = any (typed)
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

-- Alerts about accounts that were resolved by the address only.
update hub.alert a set user_id = k.user_id from hub.account k
where a.rule = 'sign_in_account' and a.user_id is null and k.user_id is not null and lower(k.name) = lower(a.subject);
