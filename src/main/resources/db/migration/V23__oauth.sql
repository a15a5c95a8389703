-- Access that users allow by OAuth 2.0: what was begun, and what came of it.

create table hub.authorization_request (
    state_digest   bytea primary key,
    user_id        uuid        not null references public.users (id) on delete cascade,
    provider       text        not null,
    session_digest bytea,
    redirect_uri   text        not null,
    verifier       bytea,
    created_at     timestamptz not null,
    expires_at     timestamptz not null,
    used_at        timestamptz
);
comment on column hub.authorization_request.state_digest is 'SHA-256; the state itself is known to browser and service only';
comment on column hub.authorization_request.session_digest is 'SHA-256 of a secret of the session that began; null: begun over REST';
comment on column hub.authorization_request.verifier is 'of PKCE, sealed by the vault with the digest of the state as context';
create index on hub.authorization_request (expires_at);
create index on hub.authorization_request (user_id);

create table hub.oauth_grant (
    connection_id uuid primary key references hub.connection (id) on delete cascade,
    tokens        bytea       not null,
    version       bigint      not null default 1,
    expires_at    timestamptz,
    scopes        text[]      not null,
    consented_at  timestamptz not null,
    refreshed_at  timestamptz,
    refused_at    timestamptz,
    refusal       text,
    refresher     uuid,
    refresh_until timestamptz
);
comment on table hub.oauth_grant is 'what the user of a connection consented to, and the tokens that came of it';
comment on column hub.oauth_grant.tokens is 'sealed by the vault with the connection id as context';
comment on column hub.oauth_grant.version is 'counts the tokens: whoever refreshes replaces exactly those that were spent';
comment on column hub.oauth_grant.refused_at is 'when the service said that the grant is over; only the user can renew it';
comment on column hub.oauth_grant.refresher is 'the one that spends the refresh token until refresh_until';
