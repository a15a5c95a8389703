package io.dayflow.hub.sync.store;

import io.dayflow.hub.link.Count;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.storage.Columns;
import io.dayflow.hub.storage.Ids;
import io.dayflow.hub.sync.CollectionStore;
import io.dayflow.hub.sync.ConflictStore;
import io.dayflow.hub.sync.ConnectionStore;
import io.dayflow.hub.sync.DayflowCapture;
import io.dayflow.hub.sync.EnginePorts;
import io.dayflow.hub.sync.GoneLinks;
import io.dayflow.hub.sync.HubTransaction;
import io.dayflow.hub.sync.JobStore;
import io.dayflow.hub.sync.KeptItems;
import io.dayflow.hub.sync.Leases;
import io.dayflow.hub.sync.LetterStore;
import io.dayflow.hub.sync.PendingLinks;
import io.dayflow.hub.sync.Planner;
import io.dayflow.hub.sync.Profiles;
import io.dayflow.hub.sync.SyncSettings;
import io.dayflow.hub.sync.UndoStore;
import io.dayflow.hub.sync.Wake;
import io.dayflow.hub.sync.jdbc.LeaseInstances;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ports of a hub whose routes stand still. Changes that other tests left to be taken are taken first. */
final class PostgresStore implements Store, AutoCloseable {

    private final ApplicationContext hub;
    private final JdbcClient jdbc;
    private final DayflowDatabase dayflow;
    private final EnginePorts ports;
    private final Connection listening;

    PostgresStore(ApplicationContext hub) {
        this.hub = hub;
        jdbc = hub.getBean(JdbcClient.class);
        dayflow = DayflowDatabase.ofUrl(hub.getEnvironment().getRequiredProperty("DATABASE_URL"));
        ports = new EnginePorts(
                hub.getBean(HubTransaction.class),
                hub.getBean(LinkStore.class),
                hub.getBean(PendingLinks.class),
                hub.getBean(GoneLinks.class),
                hub.getBean(CollectionStore.class),
                hub.getBean(ConnectionStore.class),
                hub.getBean(JobStore.class),
                hub.getBean(DayflowCapture.class),
                hub.getBean(Planner.class),
                hub.getBean(Profiles.class),
                hub.getBean(ConflictStore.class),
                hub.getBean(LetterStore.class),
                hub.getBean(UndoStore.class),
                hub.getBean(KeptItems.class),
                hub.getBean(Leases.class),
                hub.getBean(Wake.class),
                hub.getBean(SyncSettings.class),
                Clock.systemUTC(),
                this::id,
                new Random());
        listening = listen();
        while (!ports.capture().take(1000).isEmpty()) {
            // until nothing of anybody else's is left
        }
    }

    private Connection listen() {
        try {
            Connection connection = hub.getBean(DataSource.class).getConnection();
            connection.createStatement().execute("listen " + Wake.CHANNEL);
            return connection;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws SQLException {
        try (Connection ending = listening) {
            ending.createStatement().execute("unlisten " + Wake.CHANNEL);
        }
        dayflow.close();
    }

    @Override
    public EnginePorts ports() {
        return ports;
    }

    @Override
    public Instant now() {
        return jdbc.sql("select clock_timestamp() as now")
                .query((row, n) -> Columns.instant(row, "now"))
                .single();
    }

    @Override
    public UUID id() {
        return hub.getBean(Ids.class).get();
    }

    @Override
    public UUID user(String zone) {
        return dayflow.createUser(zone);
    }

    @Override
    public UUID connection(UUID user, String settings) {
        UUID id = id();
        jdbc.sql("""
                        insert into hub.connection (id, user_id, provider, display_name, account, settings, confirmed_at)
                        values (:id, :user, 'lists', 'Lists', :account, :settings::jsonb, now())
                        """)
                .param("id", id)
                .param("user", user)
                .param("account", id.toString())
                .param("settings", settings)
                .update();
        return id;
    }

    @Override
    public void select(UUID collection) {
        update("update hub.collection set selected = true where id = :id", collection);
    }

    private void update(String sql, UUID id) {
        jdbc.sql(sql).param("id", id).update();
    }

    @Override
    public Leases otherInstance() {
        return LeaseInstances.another(jdbc, ports.settings());
    }

    @Override
    public void expire(String resource) {
        jdbc.sql("update hub.lease set until = clock_timestamp() - interval '1 second' where resource = :resource")
                .param("resource", resource)
                .update();
    }

    @Override
    public void request(UUID job, UUID connection, UUID user, boolean full, boolean preview) {
        jdbc.sql("""
                        insert into hub.job (id, connection_id, user_id, operation, mode, preview)
                        values (:id, :connection, :user, 'manual_sync', :mode, :preview)
                        """)
                .param("id", job)
                .param("connection", connection)
                .param("user", user)
                .param("mode", full ? "full" : "incremental")
                .param("preview", preview)
                .update();
    }

    @Override
    public void control(UUID job, String asked) {
        jdbc.sql("update hub.job set control = :asked where id = :id")
                .param("asked", asked)
                .param("id", job)
                .update();
    }

    @Override
    public Optional<String> status(UUID job) {
        return jdbc.sql("select status from hub.job where id = :id")
                .param("id", job)
                .query(String.class)
                .optional();
    }

    @Override
    public Map<Count, Long> counts(UUID job) {
        Map<Count, Long> counts = new EnumMap<>(Count.class);
        jdbc.sql("select key, value::bigint as number from hub.job, jsonb_each_text(counts) where id = :id")
                .param("id", job)
                .query(row -> {
                    counts.put(Count.valueOf(row.getString("key").toUpperCase(Locale.ROOT)), row.getLong("number"));
                });
        return counts;
    }

    @Override
    public int foreseen(UUID job) {
        return jdbc.sql("select count(*) from hub.job_change where job_id = :id")
                .param("id", job)
                .query(Integer.class)
                .single();
    }

    @Override
    public Card card(UUID connection) {
        return jdbc.sql("select status, error_code, error_message from hub.connection where id = :id")
                .param("id", connection)
                .query((row, n) ->
                        new Card(row.getString("status"), row.getString("error_code"), row.getString("error_message")))
                .single();
    }

    @Override
    public Optional<Ended> conflict(UUID conflict) {
        return jdbc.sql("select status, resolution, resolved_by from hub.conflict where id = :id")
                .param("id", conflict)
                .query((row, n) -> new Ended(
                        row.getString("status").equals("open"),
                        row.getString("resolution"),
                        row.getString("resolved_by")))
                .optional();
    }

    @Override
    public long lastEntry(UUID item) {
        return jdbc.sql("select max(id) from hub.journal where item_id = :item")
                .param("item", item)
                .query(Long.class)
                .single();
    }

    @Override
    public UUID addRow(UUID user, String title) {
        return dayflow.createTask(user, title);
    }

    @Override
    public void renameRow(UUID row, String title) {
        dayflow.update("tasks", row, Map.of("title", title));
    }

    @Override
    public void deleteRow(UUID row) {
        dayflow.delete("tasks", row);
    }

    @Override
    public void moveUser(UUID user, String zone) {
        dayflow.execute("update public.users set timezone = ? where id = ?", zone, user);
    }

    @Override
    public Set<String> woken() {
        try {
            Set<String> woken = new LinkedHashSet<>();
            PGNotification[] told = listening.unwrap(PGConnection.class).getNotifications(1000);
            for (PGNotification one : told == null ? new PGNotification[0] : told) {
                woken.add(one.getParameter());
            }
            return woken;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
