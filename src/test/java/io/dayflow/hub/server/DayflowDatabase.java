package io.dayflow.hub.server;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/**
 * DayFlow's tables as DayFlow itself uses them: plain SQL that commits at once. Times are given and read as
 * {@link Instant}, JSON columns as text. A lost connection is opened again by the next call. Thread-safe.
 */
public final class DayflowDatabase implements AutoCloseable {

    private final String jdbcUrl;
    private final Properties properties = new Properties();
    private @Nullable Connection connection;

    private DayflowDatabase(String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
        // Lets text go into jsonb, uuid and timestamp columns as it would from DayFlow's driver.
        properties.setProperty("stringtype", "unspecified");
        properties.setProperty("ApplicationName", "dayflow");
    }

    /** By {@code jdbc:postgresql:…} or {@code postgresql://user:password@host:port/database}. */
    public static DayflowDatabase ofUrl(String url) {
        if (url.startsWith("jdbc:")) {
            return new DayflowDatabase(url);
        }
        URI uri = URI.create(url);
        String[] user = uri.getUserInfo().split(":", 2);
        DayflowDatabase database =
                new DayflowDatabase("jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath());
        database.properties.setProperty("user", user[0]);
        database.properties.setProperty("password", user[1]);
        return database;
    }

    /** A new user with a made-up address, in this IANA zone. */
    public UUID createUser(String zone) {
        return insert("users", Map.of("email", UUID.randomUUID() + "@example.test", "timezone", zone));
    }

    public UUID createEvent(UUID user, String title, Instant start, Instant end) {
        return insert("calendar_events", Map.of("user_id", user, "title", title, "start_time", start, "end_time", end));
    }

    public UUID createTask(UUID user, String title) {
        return insert("tasks", Map.of("user_id", user, "title", title));
    }

    /** Adds a row with these columns; returns its id. */
    public UUID insert(String table, Map<String, ?> columns) {
        String names = String.join(", ", columns.keySet());
        String marks = columns.keySet().stream().map(name -> "?").collect(Collectors.joining(", "));
        String sql = "insert into public." + table + " (" + names + ") values (" + marks + ") returning id";
        return (UUID) query(sql, columns.values().toArray()).getFirst().get("id");
    }

    /** Sets these columns and {@code updated_at}, as DayFlow's code does; refused when there is no such row. */
    public void update(String table, UUID id, Map<String, ?> columns) {
        String sets = columns.keySet().stream().map(name -> name + " = ?, ").collect(Collectors.joining());
        List<@Nullable Object> values = new ArrayList<>(columns.values());
        values.add(id);
        String sql = "update public." + table + " set " + sets + "updated_at = now() where id = ?";
        if (execute(sql, values.toArray()) != 1) {
            throw new IllegalArgumentException("no row " + id + " in " + table);
        }
    }

    /** As {@link #update}; returns {@link System#nanoTime()} of the moment before its commit. */
    public long updateMeasured(String table, UUID id, String column, Object value) {
        long[] before = new long[1];
        together(() -> {
            update(table, id, Map.of(column, value));
            before[0] = System.nanoTime();
        });
        return before[0];
    }

    /** Does several things in one transaction: the hub sees all of them or none. */
    public synchronized void together(Runnable several) {
        try {
            Connection open = open();
            open.setAutoCommit(false);
            try {
                several.run();
                open.commit();
            } finally {
                open.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void delete(String table, UUID id) {
        if (execute("delete from public." + table + " where id = ?", id) != 1) {
            throw new IllegalArgumentException("no row " + id + " in " + table);
        }
    }

    /** The row, or null when it is gone. */
    public @Nullable Map<String, Object> row(String table, UUID id) {
        List<Map<String, Object>> rows = query("select * from public." + table + " where id = ?", id);
        return rows.isEmpty() ? null : rows.getFirst();
    }

    /** The user's rows, by title. */
    public List<Map<String, Object>> rows(String table, UUID user) {
        return query("select * from public." + table + " where user_id = ? order by title, id", user);
    }

    /** The user's only row of this title; refused when there is none or more than one. */
    public Map<String, Object> rowTitled(String table, UUID user, String title) {
        List<Map<String, Object>> rows =
                query("select * from public." + table + " where user_id = ? and title = ?", user, title);
        if (rows.size() != 1) {
            throw new AssertionError(rows.size() + " rows titled '" + title + "' in " + table);
        }
        return rows.getFirst();
    }

    public long count(String table, UUID user) {
        return (Long) query("select count(*) as n from public." + table + " where user_id = ?", user)
                .getFirst()
                .get("n");
    }

    /** Runs a statement that changes rows; returns how many. */
    public synchronized int execute(String sql, @Nullable Object... values) {
        try (PreparedStatement statement = open().prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Runs a query; each row as a map of its columns. */
    public synchronized List<Map<String, Object>> query(String sql, @Nullable Object... values) {
        try (PreparedStatement statement = open().prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet result = statement.executeQuery()) {
                List<Map<String, Object>> rows = new ArrayList<>();
                while (result.next()) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.put(result.getMetaData().getColumnLabel(i), plain(result.getObject(i)));
                    }
                    rows.add(row);
                }
                return rows;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException closing) {
            // the server may be gone already
        }
        connection = null;
    }

    private Connection open() throws SQLException {
        Connection known = connection;
        if (known == null || known.isClosed() || known.getAutoCommit() && !known.isValid(2)) {
            known = DriverManager.getConnection(jdbcUrl, properties);
            connection = known;
        }
        return known;
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i] instanceof Instant instant
                    ? OffsetDateTime.ofInstant(instant, ZoneOffset.UTC)
                    : values[i];
            statement.setObject(i + 1, value);
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case Timestamp timestamp -> timestamp.toInstant();
            case PGobject object -> object.getValue();
            case null -> null;
            default -> value;
        };
    }
}
