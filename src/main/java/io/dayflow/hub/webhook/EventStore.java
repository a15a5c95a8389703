package io.dayflow.hub.webhook;

import io.dayflow.hub.storage.Columns;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of deliveries. Methods take part in the caller's transaction, where there is one. */
@Repository
class EventStore {

    /** One statement is one transaction and one way to the server and back; who listens is told when it commits. */
    private static final String STORE = """
            with stored as (
                insert into hub.webhook_event (id, provider, connection_id, delivery_id, body, received_at)
                select * from unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::bytea[], ?::timestamptz[])
                on conflict (provider, delivery_id) do nothing
                returning 1)
            select pg_notify('hub_work', 'webhook') from (select count(*) as rows from stored) s where rows > 0
            """;

    private static final String END = """
            update hub.webhook_event e
            set state = n.state, note = n.note, not_before = n.not_before,
                attempts = e.attempts + case when n.state in ('stored', 'parked') then 1 else 0 end,
                body = case when n.state in ('stored', 'parked') then e.body end
            from unnest(?::uuid[], ?::text[], ?::text[], ?::timestamptz[]) as n (id, state, note, not_before)
            where e.id = n.id
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    EventStore(JdbcTemplate template, JdbcClient jdbc) {
        this.template = template;
        this.jdbc = jdbc;
    }

    /** Stores those that are not there yet, all or none of them, and wakes who works on them. */
    void store(List<Delivery> deliveries) {
        template.execute(STORE, (PreparedStatement statement) -> {
            Arrays arrays = new Arrays(statement);
            arrays.set(1, "uuid", deliveries, Delivery::id);
            arrays.set(2, "text", deliveries, Delivery::provider);
            arrays.set(3, "uuid", deliveries, Delivery::connectionId);
            arrays.set(4, "text", deliveries, Delivery::deliveryId);
            arrays.setBytes(5, deliveries, Delivery::body);
            arrays.set(
                    6,
                    "timestamptz",
                    deliveries,
                    d -> Columns.parameter(d.receivedAt()).toString());
            return statement.execute();
        });
    }

    /** Of these providers, those with events that may be tried now. */
    List<String> waiting(List<String> providers) {
        return jdbc.sql("""
                        select p from unnest(:providers::text[]) p
                        where exists (select 1 from hub.webhook_event e
                                      where e.provider = p and e.state = 'stored'
                                        and (e.not_before is null or e.not_before <= now()))
                        """)
                .param("providers", providers.toArray(String[]::new))
                .query(String.class)
                .list();
    }

    /** The provider's events that may be tried now, oldest first. */
    List<Event> waiting(String provider, int limit) {
        return jdbc.sql("""
                        select id, connection_id, body, received_at, attempts from hub.webhook_event
                        where provider = :provider and state = 'stored' and (not_before is null or not_before <= now())
                        order by id limit :limit
                        """)
                .param("provider", provider)
                .param("limit", limit)
                .query((row, n) -> new Event(
                        Columns.id(row, "id"),
                        Columns.idOrNull(row, "connection_id"),
                        row.getBytes("body"),
                        Columns.instant(row, "received_at"),
                        row.getInt("attempts")))
                .list();
    }

    /** What became of an event. */
    record Ending(
            UUID id,
            String state,
            @Nullable String note,
            @Nullable Instant notBefore) {

        static Ending done(UUID id) {
            return new Ending(id, "done", null, null);
        }

        static Ending ignored(UUID id, String why) {
            return new Ending(id, "ignored", why, null);
        }

        static Ending parked(UUID id, String why) {
            return new Ending(id, "parked", why, null);
        }

        static Ending later(UUID id, String why, Instant when) {
            return new Ending(id, "stored", why, when);
        }
    }

    /** Notes what became of events; of those that are worked on, the body is forgotten. */
    void end(List<Ending> endings) {
        template.execute(END, (PreparedStatement statement) -> {
            Arrays arrays = new Arrays(statement);
            arrays.set(1, "uuid", endings, Ending::id);
            arrays.set(2, "text", endings, Ending::state);
            arrays.set(3, "text", endings, Ending::note);
            arrays.set(
                    4,
                    "timestamptz",
                    endings,
                    e -> e.notBefore() == null
                            ? null
                            : Columns.parameter(e.notBefore()).toString());
            return statement.executeUpdate();
        });
    }

    /** How many events are in that state. */
    long count(String state) {
        return jdbc.sql("select count(*) from hub.webhook_event where state = :state")
                .param("state", state)
                .query(Long.class)
                .single();
    }
}
