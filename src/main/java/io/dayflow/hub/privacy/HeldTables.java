package io.dayflow.hub.privacy;

import static io.dayflow.hub.privacy.HeldTable.dayflow;
import static io.dayflow.hub.privacy.HeldTable.erased;
import static io.dayflow.hub.privacy.HeldTable.erasedUnseen;
import static io.dayflow.hub.privacy.HeldTable.nobody;

import io.dayflow.hub.dayflow.OfUser;
import io.dayflow.hub.privacy.HeldTable.Fate;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every table of the hub and of DayFlow, in the order in which rows go: what hangs on others first. A new table gets one line
 * here. Rows are found by {@code t.user_id = :user}, by the user's connections, or by the user's items.
 */
final class HeldTables {

    private static final String USERS = "t.user_id = :user";
    private static final String CONNECTIONS =
            "t.connection_id in (select c.id from hub.connection c where c.user_id = :user)";
    private static final String ITEMS = "t.item_id in (select i.id from hub.item i where i.user_id = :user)";
    private static final String JOBS = "t.job_id in (select j.id from hub.job j where j.user_id = :user)";

    private static final String ACCOUNTS = "(select a.id from hub.account a where a.user_id = :user)";

    /** What the person signs in as, in lower case. Their erasure knows it when the account is gone already. */
    static final String NAMES = """
            (select lower(u.email) from public.users u where u.id = :user
             union select lower(a.name) from hub.account a where a.user_id = :user
             union select n from hub.erasure e, unnest(e.names) n where e.user_id = :user)
            """;

    private static final String ACCOUNT_TYPED = "t.rule = 'sign_in_account' and lower(t.subject) in " + NAMES;

    private static final String ALERTS = USERS + " or t.subject = cast(:user as text) or " + ACCOUNT_TYPED;

    /**
     * Services name the account in what they send: in quotes, or as a number. Some name it otherwise than its user does, by
     * what {@code webhook.account} says.
     */
    private static final String DELIVERED = CONNECTIONS + """
             or t.body is not null and exists (
                select from hub.connection c,
                    lateral (values (c.account), (c.endpoints ->> (cast(:accounts as jsonb) ->> c.provider))) as a (name)
                where c.user_id = :user and c.provider = t.provider and length(a.name) >= 4
                  and (position(convert_to(to_json(a.name)::text, 'UTF8') in t.body) > 0
                       or a.name ~ '^[0-9]+$' and hub.as_text(t.body) ~ ('[:\\s]' || a.name || '[,}\\s]')))
            """;

    private static final String RESOURCES =
            "exists (select from hub.connection c where c.user_id = :user and position(c.id::text in t.resource) > 0)";

    private static final List<HeldTable> ALL = List.of(
            // name, file of the export, what it holds, how long, which rows, columns that are secret
            erased(
                    "hub.webhook_hint",
                    "webhook-hints.json",
                    "what services told of single objects and is not yet worked on",
                    "hub.retention.webhook-events",
                    CONNECTIONS),
            erased(
                    "hub.webhook_event",
                    "webhook-events.json",
                    "what services sent by themselves",
                    "hub.retention.webhook-events; parked ones hub.retention.parked-events",
                    DELIVERED),
            erased(
                    "hub.dead_letter",
                    "dead-letters.json",
                    "objects that could not be read or written, whole",
                    "hub.retention.dead-letters",
                    USERS,
                    "sealed"),
            erased(
                    "hub.conflict",
                    "conflicts.json",
                    "values that two sides changed differently, and what was decided",
                    "hub.retention.conflicts once resolved",
                    USERS),
            erased(
                    "hub.job_change",
                    "job-changes.json",
                    "what previews and undos would write or wrote",
                    "with its job",
                    JOBS),
            erased(
                    "hub.journal",
                    "journal.json",
                    "every write of the hub with what was there before and after",
                    "hub.retention.journal",
                    USERS,
                    "sealed"),
            erased(
                    "hub.link",
                    "links.json",
                    "which copy of an item lies where, with the object as the service holds it",
                    "as long as the item; objects of ended connections hub.retention.raw-objects",
                    CONNECTIONS + " or " + ITEMS),
            erased("hub.job", "jobs.json", "runs, with their counts", "hub.retention.jobs", USERS),
            erased(
                    "hub.item",
                    "items.json",
                    "tasks and events as the hub holds them",
                    "until deleted, then hub.sync.keep-deleted",
                    USERS),
            erased(
                    "hub.collection",
                    "collections.json",
                    "calendars, lists and projects of accounts",
                    "as long as the connection",
                    CONNECTIONS),
            erased(
                    "hub.authorization_request",
                    "authorization-requests.json",
                    "journeys to a service's consent page that were begun",
                    "ten minutes, then with the next one",
                    USERS,
                    "state_digest",
                    "session_digest",
                    "verifier"),
            erased(
                    "hub.oauth_grant",
                    "grants.json",
                    "what services granted",
                    "until disconnected",
                    CONNECTIONS,
                    "tokens",
                    "refresher"),
            erased(
                    "hub.webhook_secret",
                    "webhook-secrets.json",
                    "what a service signs its webhooks to one account with",
                    "until disconnected; former ones until their overlap is over",
                    CONNECTIONS,
                    "secret"),
            erased(
                    "hub.consent",
                    "consents.json",
                    "which access was allowed when, by whom, from where",
                    "hub.retention.consents once ended",
                    USERS),
            erased(
                    "hub.dayflow_change",
                    "dayflow-changes.json",
                    "which rows of DayFlow changed and are not yet looked at",
                    "seconds",
                    USERS),
            erased(
                    "hub.webhook_message",
                    "webhook-messages.json",
                    "what addresses of the user's own systems were told",
                    "hub.endpoints.keep once sent or given up",
                    USERS + " or t.endpoint_id in (select e.id from hub.webhook_endpoint e where e.user_id = :user)"
                            + " or t.type = 'alert' and t.subject in (select t.id from hub.alert t where " + ALERTS
                            + ")"),
            erased(
                    "hub.webhook_endpoint",
                    "webhook-endpoints.json",
                    "addresses of the user's own systems that are told what happens",
                    "until deleted",
                    USERS,
                    "secret",
                    "old_secret"),
            erased(
                    "hub.alert",
                    "alerts.json",
                    "what happened more often than it should",
                    "hub.alerts.keep once acknowledged",
                    ALERTS),
            erasedUnseen(
                    "hub.alert_count",
                    "what was counted for alerts",
                    "a day at most",
                    "position(cast(:user as text) in t.subject) > 0 or " + ACCOUNT_TYPED
                            + " or t.subject in (select c.id::text from hub.connection c where c.user_id = :user)"),
            erased(
                    "hub.personal_token",
                    "personal-tokens.json",
                    "personal tokens, without what opens anything",
                    "90 days after they ended",
                    USERS,
                    "digest"),
            erased(
                    "hub.account_identity",
                    "account-identities.json",
                    "who the account is at an OpenID Connect issuer",
                    "as long as the account",
                    "t.account_id in " + ACCOUNTS),
            erasedUnseen(
                    "hub.http_session_attributes",
                    "what a visit to the pages remembers",
                    "hub.sign-in.lifetime",
                    "t.session_primary_id in (select s.primary_id from hub.http_session s where s.principal_name in "
                            + "(select a.id::text from hub.account a where a.user_id = :user))"),
            erasedUnseen(
                    "hub.http_session",
                    "visits to the pages",
                    "hub.sign-in.lifetime",
                    "t.principal_name in (select a.id::text from hub.account a where a.user_id = :user)"),
            erased("hub.account", "account.json", "the account for the pages", "until erased", USERS, "password_hash"),
            erasedUnseen("hub.lease", "who works on a connection", "seconds", RESOURCES),
            erased(
                    "hub.connection",
                    "connections.json",
                    "accounts at services, with settings",
                    "until erased, so that the same account finds its settings again",
                    USERS,
                    "credentials"),
            new HeldTable(
                    "hub.audit",
                    Fate.AUDIT,
                    "who did or tried what, when and from where",
                    "hub.retention.audit",
                    USERS + " or t.actor = cast(:user as text)",
                    "audit.json",
                    List.of("actor_salt", "affair_salt", "previous_hash", "actor_digest", "affair_digest", "hash")),
            dayflow("public.task_tags", "dayflow-task-tags.json", "which task has which tag", OfUser.TASK_TAGS),
            dayflow("public.event_tags", "dayflow-event-tags.json", "which event has which tag", OfUser.EVENT_TAGS),
            dayflow("public.tasks", "dayflow-tasks.json", "tasks of the planner", USERS),
            dayflow("public.calendar_events", "dayflow-events.json", "events of the planner", USERS),
            dayflow("public.categories", "dayflow-categories.json", "categories of the planner", USERS),
            dayflow("public.tags", "dayflow-tags.json", "tags of the planner", USERS),
            dayflow("public.users", "profile.json", "name, address, time zone and preferences", "t.id = :user"),
            nobody("hub.erasure", "erasures under way, and receipts without personal data", "hub.retention.receipts"),
            nobody("hub.audit_chain", "where the chain of the audit trail begins and ends", "as long as the database"),
            nobody("hub.rate_limit", "how many calls there were lately, by digests of who made them", "an hour"),
            nobody(
                    "hub.sign_in_try",
                    "failed sign-ins, by digests of account and address",
                    "hub.sign-in.throttle.window"),
            nobody("hub.sign_in_known", "from where accounts were signed in to, by digests", "90 days"),
            nobody("hub.sealing_key_age", "since when keys are in use", "as long as the key"),
            nobody("hub.flyway_schema_history", "which migrations ran", "as long as the database"));

    private static final List<HeldDeed> DEEDS = List.of(
            new HeldDeed(
                    "hub.consent",
                    "given_by",
                    "accesses that you allowed in another user's name",
                    "hub.retention.consents once ended",
                    "t.given_by = cast(:user as text) and t.user_id <> :user",
                    "consents-given.json",
                    "t.id, t.provider, t.kind, t.given_at, t.given_by, t.remote, t.agent",
                    "given_by = 'erased', remote = null, agent = null"),
            new HeldDeed(
                    "hub.alert",
                    "acknowledged_by",
                    "alerts not about you that you acknowledged",
                    "hub.alerts.keep",
                    "t.acknowledged_by = cast(:user as text) and (" + ALERTS + ") is not true",
                    "alerts-acknowledged.json",
                    "t.id, t.rule, t.acknowledged_at, t.acknowledged_by",
                    "acknowledged_by = null"),
            new HeldDeed(
                    "hub.webhook_message",
                    "body",
                    "what operators' systems were told of such alerts",
                    "hub.endpoints.keep",
                    "t.type = 'alert' and position(cast(:user as text) in t.body) > 0",
                    null,
                    "",
                    "body = replace(t.body, cast(:user as text), 'erased')"));

    private HeldTables() {}

    /** What persons did to rows about others. */
    static List<HeldDeed> deeds() {
        return DEEDS;
    }

    static List<HeldTable> all() {
        return ALL;
    }

    static Stream<HeldTable> of(Fate fate) {
        return ALL.stream().filter(table -> table.fate() == fate);
    }
}
