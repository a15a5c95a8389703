-- Moves on with everything that is learnt of a copy, so that a sight that is older than what is known is told apart. It need not
-- be transactional: what a transaction knows was read before the tick it takes.
create sequence hub.tick;

alter table hub.link add column learnt bigint not null default nextval('hub.tick');
