-- Whether an erasure has ended since then, give or take a clock. Until the caller's transaction is over, none ends: who writes a
-- line that may name somebody asks this in the same statement, and AuditErasure waits for it.
create function hub.erased_since(since timestamptz) returns boolean
    language plpgsql volatile as
$$
begin
    perform pg_advisory_xact_lock_shared(hashtextextended('hub.audit:counts', 0));
    return exists (select from hub.audit where action = 'data.erased' and at > since - interval '2 minutes');
end
$$;
