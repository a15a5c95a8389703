package io.dayflow.hub.webhook;

import io.dayflow.hub.storage.Columns;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table of deliveries. */
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

    private final JdbcTemplate jdbc;

    EventStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Stores those that are not there yet, all or none of them, and wakes who works on them. */
    void store(List<Delivery> deliveries) {
        jdbc.execute((Connection connection) -> {
            try (PreparedStatement statement = connection.prepareStatement(STORE)) {
                statement.setArray(1, array(connection, "uuid", deliveries, Delivery::id));
                statement.setArray(2, array(connection, "text", deliveries, Delivery::provider));
                statement.setArray(3, array(connection, "uuid", deliveries, Delivery::connectionId));
                statement.setArray(4, array(connection, "text", deliveries, Delivery::deliveryId));
                statement.setArray(
                        5,
                        connection.createArrayOf(
                                "bytea", deliveries.stream().map(Delivery::body).toArray(byte[][]::new)));
                statement.setArray(
                        6,
                        array(
                                connection,
                                "timestamptz",
                                deliveries,
                                delivery ->
                                        Columns.parameter(delivery.receivedAt()).toString()));
                return statement.execute();
            }
        });
    }

    private interface Value {
        @org.jspecify.annotations.Nullable
        Object of(Delivery delivery);
    }

    private static Array array(Connection connection, String type, List<Delivery> deliveries, Value value)
            throws SQLException {
        return connection.createArrayOf(type, deliveries.stream().map(value::of).toArray());
    }
}
