package io.dayflow.hub.endpoint;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.security.Secret;
import io.dayflow.hub.security.Vault;
import io.dayflow.hub.storage.Columns;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a person does with endpoints. Every statement asks for those that the caller may see; what is not among them is
 * {@link NotFound}. Thread-safe.
 */
@Component
public class KeepEndpoints {

    private static final int LONGEST = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Endpoints endpoints;
    private final Target target;
    private final Vault vault;
    private final Audit audit;
    private final EndpointSettings settings;
    private final Clock clock;
    private final Supplier<UUID> ids;

    KeepEndpoints(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Endpoints endpoints,
            Target target,
            Vault vault,
            Audit audit,
            EndpointSettings settings,
            Clock clock,
            Supplier<UUID> ids) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.endpoints = endpoints;
        this.target = target;
        this.vault = vault;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Who asks.
     *
     * @param operator whether endpoints that are told of everybody are the caller's too
     */
    public record By(UUID userId, boolean operator) {}

    /** What an endpoint is to be; what is null stays as it is, or becomes the default of a new one. */
    public record Wish(
            @Nullable String url,
            @Nullable List<EndpointEvent> events,
            @Nullable String description,
            @Nullable Boolean active) {}

    /**
     * A new endpoint.
     *
     * @param everybody whether it is told what happens to all users, not only to the caller
     * @throws InvalidRequest if the address may not be called, or the caller may not ask for that
     * @throws ConflictingState if there are as many as there may be
     */
    public EndpointSecret create(By by, Wish wish, boolean everybody) {
        if (everybody && !by.operator()) {
            throw new InvalidRequest("scope", "must be own: only operators are told of everybody");
        }
        if (wish.url() == null) {
            throw new InvalidRequest("url", "is needed");
        }
        String url = target.checked(wish.url());
        List<EndpointEvent> events = events(wish.events() == null ? List.of() : wish.events());
        UUID owner = everybody ? null : by.userId();
        UUID id = ids.get();
        Secret secret = Signing.newSecret();
        return transaction.execute(status -> {
            // two requests at once are counted one after the other
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:owner, 0))")
                    .param("owner", "webhook-endpoint:" + owner)
                    .query()
                    .listOfRows();
            long known = jdbc.sql("select count(*) from hub.webhook_endpoint where user_id is not distinct from :owner")
                    .param("owner", owner, java.sql.Types.OTHER)
                    .query(Long.class)
                    .single();
            if (known >= settings.most()) {
                throw new ConflictingState(
                        "There are " + known + " endpoints already, and no more may be added; delete one first.");
            }
            jdbc.sql("""
                            insert into hub.webhook_endpoint (id, user_id, url, events, description, active, secret,
                                                              created_at, updated_at)
                            values (:id, :owner, :url, :events, :description, :active, :secret, :now, :now)
                            """)
                    .param("id", id)
                    .param("owner", owner, java.sql.Types.OTHER)
                    .param("url", url)
                    .param("events", names(events))
                    .param("description", description(wish.description()))
                    .param("active", wish.active() == null || wish.active())
                    .param("secret", vault.seal(secret, Signing.context(id)))
                    .param("now", Columns.parameter(clock.instant()))
                    .update();
            record(
                    Deed.ENDPOINT_CREATED,
                    owner,
                    id,
                    Map.of("host", String.valueOf(URI.create(url).getHost())));
            return new EndpointSecret(found(by, id), secret.reveal());
        });
    }

    /** Changes one. Switched on again, it begins anew: what it failed at before is forgotten. */
    public EndpointCard update(By by, UUID id, Wish wish) {
        String url = wish.url() == null ? null : target.checked(wish.url());
        List<EndpointEvent> events = wish.events() == null ? null : events(wish.events());
        String description = wish.description() == null ? null : description(wish.description());
        return transaction.execute(status -> {
            mine(
                    by,
                    jdbc.sql("""
                            update hub.webhook_endpoint e
                            set url = coalesce(:url, url), events = coalesce(:events, events),
                                description = coalesce(:description, description), active = coalesce(:active, active),
                                failing_since = case when :active then null else failing_since end,
                                disabled_at = case when :active then null else disabled_at end,
                                disabled_why = case when :active then null else disabled_why end, updated_at = :now
                            where e.id = :id and
                            """ + Endpoints.MINE)
                            .param("url", url)
                            .param("events", events == null ? null : names(events), java.sql.Types.ARRAY)
                            .param("description", description)
                            .param("active", wish.active(), java.sql.Types.BOOLEAN)
                            .param("now", Columns.parameter(clock.instant())),
                    id);
            wake();
            EndpointCard card = found(by, id);
            record(Deed.ENDPOINT_CHANGED, owner(by, card), id, Map.of("active", card.active()));
            return card;
        });
    }

    /** Deletes one, with all that it was and is to be told. */
    public void delete(By by, UUID id) {
        transaction.executeWithoutResult(status -> {
            EndpointCard card = found(by, id);
            mine(by, jdbc.sql("delete from hub.webhook_endpoint e where e.id = :id and " + Endpoints.MINE), id);
            record(Deed.ENDPOINT_DELETED, owner(by, card), id, Map.of());
        });
    }

    /** Makes a new secret. The one before signs too for {@code hub.endpoints.overlap}; one before that no more. */
    public EndpointSecret rotate(By by, UUID id) {
        Secret secret = Signing.newSecret();
        return transaction.execute(status -> {
            mine(
                    by,
                    jdbc.sql("""
                            update hub.webhook_endpoint e
                            set old_secret = secret, old_until = :until, secret = :secret, updated_at = :now
                            where e.id = :id and
                            """ + Endpoints.MINE)
                            .param("secret", vault.seal(secret, Signing.context(id)))
                            .param("until", Columns.parameter(clock.instant().plus(settings.overlap())))
                            .param("now", Columns.parameter(clock.instant())),
                    id);
            EndpointCard card = found(by, id);
            record(Deed.ENDPOINT_SECRET_ROTATED, owner(by, card), id, Map.of());
            return new EndpointSecret(card, secret.reveal());
        });
    }

    private void wake() {
        jdbc.sql("select pg_notify('hub_work', 'webhook-message')").query().listOfRows();
    }

    private EndpointCard found(By by, UUID id) {
        return endpoints.find(by.userId(), by.operator(), id).orElseThrow(KeepEndpoints::absent);
    }

    private static void mine(By by, JdbcClient.StatementSpec statement, UUID id) {
        int rows = statement
                .param("id", id)
                .param("user", by.userId())
                .param("operator", by.operator())
                .update();
        if (rows == 0) {
            throw absent();
        }
    }

    private static NotFound absent() {
        return new NotFound("There is no such endpoint.");
    }

    private void record(Deed deed, @Nullable UUID owner, UUID id, Map<String, ?> more) {
        var detail = new java.util.TreeMap<String, Object>(more);
        detail.put("endpointId", id.toString());
        audit.record(deed, owner, null, null, detail);
    }

    private static @Nullable UUID owner(By by, EndpointCard card) {
        return card.scope().equals("all") ? null : by.userId();
    }

    private static List<EndpointEvent> events(List<EndpointEvent> wanted) {
        if (wanted.isEmpty()) {
            throw new InvalidRequest("events", "must name at least one of job, conflict, integration, alert");
        }
        return wanted.stream().distinct().sorted().toList();
    }

    private static String[] names(List<EndpointEvent> events) {
        return events.stream().map(EndpointEvent::id).toArray(String[]::new);
    }

    private static String description(@Nullable String text) {
        String description = Optional.ofNullable(text).orElse("").strip();
        if (description.length() > LONGEST) {
            throw new InvalidRequest("description", "takes " + LONGEST + " characters at most");
        }
        return description;
    }
}
