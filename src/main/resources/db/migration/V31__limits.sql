-- How often anybody may call, and how often a sign-in failed: what all instances have to count together.

create unlogged table hub.rate_limit (
    id         text primary key,
    state      bytea,
    expires_at bigint not null default (extract(epoch from clock_timestamp()) * 1000)::bigint + 3600000
);
comment on table hub.rate_limit is
    'buckets of request tokens, kept by Bucket4j. Not logged: after a crash all buckets are full, and no call waits for the disk';
comment on column hub.rate_limit.id is 'which limit, and a digest of whom it is for';
comment on column hub.rate_limit.expires_at is 'milliseconds since 1970; the bucket is full again by then';
create index on hub.rate_limit (expires_at);

create table hub.sign_in_try (
    key       text primary key,
    failures  integer     not null,
    last_at   timestamptz not null,
    until     timestamptz,
    forget_at timestamptz not null
);
comment on table hub.sign_in_try is 'tries to sign in that failed, or whose outcome is not known yet';
comment on column hub.sign_in_try.key is
    'account:, known: (an account from an address that signed in to it before) or address:, and a SHA-256 in hexadecimal';
comment on column hub.sign_in_try.until is 'before then no password is looked at';
create index on hub.sign_in_try (forget_at);

create table hub.sign_in_known (
    account text        not null,
    address text        not null,
    last_at timestamptz not null,
    primary key (account, address)
);
comment on table hub.sign_in_known is
    'from where an account was signed in to lately, by digests: others'' failures do not keep it from there';
create index on hub.sign_in_known (last_at);
