-- Which key sealed each stored secret, read off the sealed value itself: the two cannot disagree.

create function hub.sealing_key(sealed bytea) returns bigint
    language sql immutable strict parallel safe as
$$
    select case when length(sealed) > 5 and get_byte(sealed, 0) = 1
        then get_byte(sealed, 1) * 16777216::bigint + get_byte(sealed, 2) * 65536 + get_byte(sealed, 3) * 256
            + get_byte(sealed, 4) end
$$;
comment on function hub.sealing_key is 'the id of the Tink key in the prefix of a sealed value; null where it is none';

alter table hub.connection
    add column credentials_key bigint generated always as (hub.sealing_key(credentials)) stored;
create index connection_credentials_key on hub.connection (credentials_key) where credentials_key is not null;

alter table hub.oauth_grant
    add column tokens_key bigint generated always as (hub.sealing_key(tokens)) stored;
create index oauth_grant_tokens_key on hub.oauth_grant (tokens_key);

alter table hub.authorization_request
    add column verifier_key bigint generated always as (hub.sealing_key(verifier)) stored;
create index authorization_request_verifier_key on hub.authorization_request (verifier_key)
    where verifier_key is not null;

-- What the journal and dead letters hold of items, where it is to be kept sealed.

alter table hub.journal
    add column sealed bytea,
    add column sealed_key bigint generated always as (hub.sealing_key(sealed)) stored;
comment on column hub.journal.sealed is 'before, after, item_before and item_after as one sealed document; those are null then';
create index journal_sealed_key on hub.journal (sealed_key) where sealed_key is not null;

alter table hub.dead_letter
    add column sealed bytea,
    add column sealed_key bigint generated always as (hub.sealing_key(sealed)) stored;
comment on column hub.dead_letter.sealed is 'the payload, sealed; payload is null then';
create index dead_letter_sealed_key on hub.dead_letter (sealed_key) where sealed_key is not null;

create table hub.sealing_key_age (
    key_id      bigint primary key,
    first_seen  timestamptz not null default now(),
    replaced_at timestamptz
);
comment on table hub.sealing_key_age is 'the keys of the keyset, without the keys: since when, and when another one took over';
