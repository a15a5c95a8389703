-- What users were asked for when they consented: services name scopes otherwise than they are asked for, so that what a
-- later version of a provider's file asks for beyond that is not told by what they granted.

alter table hub.oauth_grant
    add column asked text[],
    add column named boolean not null default false;
update hub.oauth_grant set asked = scopes;
alter table hub.oauth_grant alter column asked set not null;
comment on column hub.oauth_grant.asked is 'the scopes asked for at the last consent, without those that the service took away since';
comment on column hub.oauth_grant.scopes is 'granted, as the service last named them; those asked for where it names none';
comment on column hub.oauth_grant.named is 'whether the service named the scopes itself; only then fewer of them means that some are gone';

-- What was begun before has to be begun again: it is not known what was asked for.
delete from hub.authorization_request;
alter table hub.authorization_request add column asked text[] not null;

-- A card says what is missing: it is told when that changes.
create function hub.tell_asked() returns trigger
    language plpgsql as
$$
begin
    perform pg_notify('hub_event', json_build_object('type', 'integration', 'id', c.id, 'userId', c.user_id)::text)
    from hub.connection c where c.id = new.connection_id;
    return null;
end
$$;
create trigger hub_tell_asked after update of asked, scopes on hub.oauth_grant
    for each row when (old.asked is distinct from new.asked or old.scopes is distinct from new.scopes)
    execute function hub.tell_asked();
