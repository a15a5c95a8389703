package io.dayflow.hub.webhook;

import io.dayflow.hub.provider.Hint;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.storage.Columns;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of hints. */
@Repository
class JdbcHintStore implements HintStore {

    /** The condition of a connection that is kept in agreement by itself. */
    private static final String LISTENS = """
            c.active and c.confirmed_at is not null and coalesce(c.settings ->> 'syncDirection', '') <> 'manual'
            """;

    private static final String INSERT = """
            insert into hub.webhook_hint (id, connection_id, external_id, collection, version, gone, payload, received_at)
            select * from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::bool[], ?::text[], ?::timestamptz[])
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    JdbcHintStore(JdbcTemplate template, JdbcClient jdbc) {
        this.template = template;
        this.jdbc = jdbc;
    }

    @Override
    public List<Recipient> recipients(String provider, Provider.Webhook form, List<Understood> understood) {
        Set<String> accounts = understood.stream()
                .flatMap(one -> one.hints().stream())
                .map(Hint::account)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        String[] named = understood.stream()
                .map(one -> one.event().connectionId())
                .filter(Objects::nonNull)
                .map(UUID::toString)
                .distinct()
                .toArray(String[]::new);
        return jdbc.sql("select c.id, c.endpoints ->> :key as account, " + LISTENS + """
                         as listens from hub.connection c
                        where c.provider = :provider and c.disconnected_at is null
                          and (c.endpoints ->> :key = any(:accounts) or c.id = any(:named::uuid[]))
                        """)
                .param("key", form.account() == null ? "" : form.account())
                .param("provider", provider)
                .param("accounts", accounts.toArray(String[]::new))
                .param("named", named)
                .query((row, n) ->
                        new Recipient(Columns.id(row, "id"), row.getString("account"), row.getBoolean("listens")))
                .list();
    }

    @Override
    public void insert(List<NewHint> hints) {
        if (hints.isEmpty()) {
            return;
        }
        template.execute(INSERT, (PreparedStatement statement) -> {
            Arrays arrays = new Arrays(statement);
            arrays.set(1, "uuid", hints, NewHint::id);
            arrays.set(2, "uuid", hints, NewHint::connectionId);
            arrays.set(3, "text", hints, h -> h.hint().externalId());
            arrays.set(4, "text", hints, h -> h.hint().collection());
            arrays.set(5, "text", hints, h -> h.hint().version());
            arrays.set(6, "bool", hints, h -> h.hint().gone());
            arrays.set(7, "text", hints, h -> h.hint().payload());
            arrays.set(
                    8,
                    "timestamptz",
                    hints,
                    h -> Columns.parameter(h.receivedAt()).toString());
            return statement.executeUpdate();
        });
    }

    @Override
    public void heard(Map<UUID, Instant> heard) {
        heard.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> jdbc.sql("""
                                update hub.connection set webhook_at = greatest(webhook_at, :at) where id = :id
                                """)
                        .param("at", Columns.parameter(entry.getValue()))
                        .param("id", entry.getKey())
                        .update());
    }

    @Override
    public List<UUID> waitingConnections() {
        return jdbc.sql("select c.id from hub.connection c where c.disconnected_at is null and " + LISTENS + """
                          and c.last_sync_at is not null and c.status <> 'needs_reconnect' and (c.not_before is null or c.not_before <= now())
                          and exists (select 1 from hub.webhook_hint h
                                      where h.connection_id = c.id
                                        and (h.not_before is null or h.not_before <= now()))
                        """)
                .query(UUID.class)
                .list();
    }

    @Override
    public List<WaitingHint> waiting(UUID connectionId, int objects) {
        List<WaitingHint> hints = waiting(connectionId, false, objects);
        return hints.isEmpty() ? waiting(connectionId, true, 1) : hints;
    }

    private List<WaitingHint> waiting(UUID connectionId, boolean alone, int objects) {
        return jdbc.sql("""
                        with due as (
                            select * from hub.webhook_hint
                            where connection_id = :connection
                              and (not_before is null or not_before <= now()) and alone = :alone)
                        select id, external_id, collection, version, gone, payload is not null as fat, attempts
                        from due
                        where external_id in (select external_id from due group by external_id
                                               order by min(received_at), external_id limit :objects)
                        order by id
                        """)
                .param("connection", connectionId)
                .param("alone", alone)
                .param("objects", objects)
                .query((row, n) -> new WaitingHint(
                        Columns.id(row, "id"),
                        row.getString("external_id"),
                        row.getString("collection"),
                        row.getString("version"),
                        row.getBoolean("gone"),
                        row.getBoolean("fat"),
                        row.getInt("attempts")))
                .list();
    }

    @Override
    public Map<UUID, String> payloads(Collection<UUID> ids) {
        Map<UUID, String> payloads = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.sql("select id, payload from hub.webhook_hint where id = any(:ids::uuid[]) and payload is not null")
                    .param("ids", texts(ids))
                    .query(row -> {
                        payloads.put(Columns.id(row, "id"), row.getString("payload"));
                    });
        }
        return payloads;
    }

    @Override
    public void done(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql("delete from hub.webhook_hint where id = any(:ids::uuid[])")
                .param("ids", texts(ids))
                .update();
    }

    @Override
    public void part(Collection<UUID> ids) {
        jdbc.sql("update hub.webhook_hint set alone = true where id = any(:ids::uuid[])")
                .param("ids", texts(ids))
                .update();
    }

    @Override
    public void later(Collection<UUID> ids, Instant when) {
        jdbc.sql("update hub.webhook_hint set attempts = attempts + 1, not_before = :when where id = any(:ids::uuid[])")
                .param("when", Columns.parameter(when))
                .param("ids", texts(ids))
                .update();
    }

    private static String[] texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}
