package io.dayflow.hub.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes what a user may change about a connection. All of a change is made, or nothing. */
@Component
public class UpdateConnection {

    private final ProviderCatalog providers;
    private final Connections connections;
    private final DefaultCollections defaults;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ChangeTrail trail;
    private final Clock clock;

    UpdateConnection(
            ProviderCatalog providers,
            Connections connections,
            DefaultCollections defaults,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            ChangeTrail trail,
            Clock clock) {
        this.providers = providers;
        this.connections = connections;
        this.defaults = defaults;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.trail = trail;
        this.clock = clock;
    }

    /** What to change; null leaves it as it is. */
    public record Change(
            @Nullable ObjectNode settings,
            List<Selection> collections,
            @Nullable Boolean active,
            @Nullable String displayName) {}

    /** Whether a collection takes part. */
    public record Selection(UUID id, boolean selected) {}

    private record Row(
            String provider,
            String displayName,
            ObjectNode settings,
            boolean active,
            boolean confirmed,
            @Nullable Instant lastSyncAt,
            @Nullable Instant nextSyncAt) {}

    /**
     * @throws NotFound if the user has no such connection
     * @throws InvalidRequest if a setting, collection or name is not accepted
     */
    public ConnectionCard update(UUID userId, UUID connectionId, Change change) {
        transaction.executeWithoutResult(status -> {
            var before = lock(userId, connectionId);
            var fastest = providers
                    .find(before.provider())
                    .map(provider -> provider.poll().fastest())
                    .orElse(Duration.ZERO);
            var stored = change.settings() == null
                    ? before.settings()
                    : Settings.merge(before.settings(), change.settings());
            var settings = Settings.of(stored, fastest);
            if (change.settings() != null) {
                defaults.check(userId, connectionId, settings);
            }
            var about = new ChangeTrail.About(userId, connectionId, before.provider());
            boolean moreSelected = select(about, change.collections());
            boolean active = change.active() == null ? before.active() : change.active();
            boolean soon = moreSelected || (active && !before.active());
            var next = next(before, Settings.of(before.settings(), fastest), settings, active, soon);
            store(userId, connectionId, change, stored, active, next);
            trail.settings(about, before.settings(), stored);
            trail.switched(about, before.active(), active);
            trail.renamed(about, before.displayName(), change.displayName());
            if (soon) {
                jdbc.sql("select pg_notify('hub_work', 'run')").query(rs -> {});
            }
        });
        return connections.find(userId, connectionId).orElseThrow(() -> new NotFound("There is no such integration."));
    }

    private Row lock(UUID userId, UUID connectionId) {
        return jdbc.sql("""
                        select provider, display_name, settings, active, confirmed_at, last_sync_at, next_sync_at
                        from hub.connection
                        where id = :id and user_id = :user and disconnected_at is null for update
                        """)
                .param("id", connectionId)
                .param("user", userId)
                .query((row, number) -> row(row))
                .optional()
                .orElseThrow(() -> new NotFound("There is no such integration."));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("provider"),
                row.getString("display_name"),
                Columns.object(row, "settings"),
                row.getBoolean("active"),
                row.getObject("confirmed_at") != null,
                Columns.instantOrNull(row, "last_sync_at"),
                Columns.instantOrNull(row, "next_sync_at"));
    }

    /** Whether a collection takes part now that did not before. */
    private boolean select(ChangeTrail.About about, List<Selection> selections) {
        var errors = new ArrayList<FieldError>();
        var changed = new TreeMap<String, Boolean>();
        boolean more = false;
        for (int i = 0; i < selections.size(); i++) {
            var selection = selections.get(i);
            var before = jdbc.sql("""
                            select o.selected from hub.collection o join hub.connection c on c.id = o.connection_id
                            where o.id = :id and o.vanished_at is null and c.id = :connection and c.user_id = :user
                            for update of o
                            """)
                    .param("id", selection.id())
                    .param("connection", about.connectionId())
                    .param("user", about.userId())
                    .query(Boolean.class)
                    .optional();
            if (before.isEmpty()) {
                errors.add(new FieldError("collections[" + i + "].id", "is no collection of this integration"));
            } else if (before.get() != selection.selected()) {
                more |= selection.selected();
                changed.put(selection.id().toString(), selection.selected());
                jdbc.sql("update hub.collection set selected = :selected, updated_at = :now where id = :id"
                                + " and connection_id = (select id from hub.connection"
                                + " where id = :connection and user_id = :user)")
                        .param("selected", selection.selected())
                        .param("now", Columns.parameter(clock.instant()))
                        .param("id", selection.id())
                        .param("connection", about.connectionId())
                        .param("user", about.userId())
                        .update();
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequest(errors);
        }
        trail.selected(about, changed);
        return more;
    }

    private @Nullable Instant next(Row row, Settings before, Settings after, boolean active, boolean soon) {
        if (!active || !row.confirmed() || !after.scheduled()) {
            return null;
        }
        var now = clock.instant();
        if (soon) {
            return now;
        }
        if (row.nextSyncAt() != null && before.interval().equals(after.interval())) {
            return row.nextSyncAt();
        }
        var due = (row.lastSyncAt() == null ? now : row.lastSyncAt()).plus(after.interval());
        return due.isBefore(now) ? now : due;
    }

    private void store(
            UUID userId,
            UUID connectionId,
            Change change,
            ObjectNode settings,
            boolean active,
            @Nullable Instant next) {
        jdbc.sql("""
                        update hub.connection
                        set settings = cast(:settings as jsonb), active = :active,
                            display_name = coalesce(:name, display_name), next_sync_at = :next, updated_at = :now
                        where id = :id and user_id = :user
                        """)
                .param("settings", settings.toString())
                .param("active", active)
                .param("name", change.displayName() == null ? null : DisplayName.check(change.displayName()))
                .param("next", Columns.parameterOrNull(next), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("now", Columns.parameter(clock.instant()))
                .param("id", connectionId)
                .param("user", userId)
                .update();
    }
}
