package io.dayflow.hub.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One database connection that listens for all consumers. When it breaks it is made anew, and everybody is woken once.
 * Thread-safe.
 */
class NotifyListener implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(NotifyListener.class);
    private static final int PATIENCE_MILLIS = 500;
    private static final long RETRY_NANOS = 500_000_000L;

    private final DataSource dataSource;
    private final Map<String, Map<String, Runnable>> channels = new ConcurrentHashMap<>();
    private volatile @Nullable Thread thread;
    private volatile boolean changed;

    NotifyListener(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Runs {@code wake}, which must not block, whenever the channel is notified with the payload. */
    synchronized void add(String channel, String payload, Runnable wake) {
        if (!channel.matches("[a-z_]{1,40}")) {
            throw new IllegalArgumentException("a channel is of letters a to z and underscores, not \"" + channel + "\"");
        }
        channels.computeIfAbsent(channel, name -> new ConcurrentHashMap<>()).put(payload, wake);
        changed = true;
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("postgres-notify").start(this::listen);
        }
    }

    void remove(String channel, String payload) {
        channels.getOrDefault(channel, Map.of()).remove(payload);
    }

    @Override
    public synchronized void close() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    private void listen() {
        while (thread == Thread.currentThread()) {
            try (Connection connection = dataSource.getConnection()) {
                PGConnection postgres = connection.unwrap(PGConnection.class);
                changed = true;
                while (thread == Thread.currentThread()) {
                    if (changed) {
                        changed = false;
                        subscribe(connection);
                        channels.values().forEach(wakes -> wakes.values().forEach(Runnable::run));
                    }
                    tell(postgres.getNotifications(PATIENCE_MILLIS));
                }
                unsubscribe(connection);
            } catch (SQLException | RuntimeException e) {
                if (thread == Thread.currentThread()) {
                    log.warn("listening for notifications was interrupted: {}", e.getMessage());
                    LockSupport.parkNanos(RETRY_NANOS);
                }
            }
        }
    }

    private void subscribe(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String channel : channels.keySet()) {
                statement.execute("listen " + channel);
            }
        }
    }

    private static void unsubscribe(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("unlisten *");
        }
    }

    private void tell(PGNotification @Nullable [] notifications) {
        if (notifications == null) {
            return;
        }
        for (PGNotification notification : notifications) {
            Runnable wake = channels.getOrDefault(notification.getName(), Map.of()).get(notification.getParameter());
            if (wake != null) {
                wake.run();
            }
        }
    }
}
