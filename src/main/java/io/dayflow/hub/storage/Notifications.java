package io.dayflow.hub.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Listens to PostgreSQL for everybody in this process, on one connection. When that breaks it connects again, for as long
 * as it takes, and then tells the listeners that they may have missed something.
 */
@Component
public class Notifications implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Notifications.class);

    /** How long a silent connection is trusted to be alive. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    /** A wait for a notification cannot be ended from outside: this is how long a stop may take. */
    private static final Duration SLICE = Duration.ofMillis(500);

    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final DataSource dataSource;
    private final ObjectProvider<NotificationListener> beans;
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    Notifications(DataSource dataSource, ObjectProvider<NotificationListener> beans) {
        this.dataSource = dataSource;
        this.beans = beans;
    }

    @Override
    public void start() {
        running = true;
        var listeners = beans.stream().toList();
        if (!listeners.isEmpty()) {
            thread = Thread.ofPlatform().daemon().name("notifications").start(() -> run(listeners));
        }
    }

    @Override
    public void stop() {
        running = false;
        var waiting = thread;
        if (waiting != null) {
            try {
                waiting.join(SLICE.multipliedBy(3));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run(List<NotificationListener> listeners) {
        boolean first = true;
        var wait = FIRST_WAIT;
        while (running) {
            try (Connection connection = dataSource.getConnection()) {
                listen(connection, listeners);
                if (!first) {
                    log.info("Listening to the database again");
                    listeners.forEach(NotificationListener::missed);
                }
                first = false;
                wait = FIRST_WAIT;
                hear(connection, listeners);
            } catch (SQLException e) {
                if (running) {
                    log.warn("Not listening to the database: {}; trying again", e.getMessage());
                    pause(wait);
                    wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
                }
            }
        }
    }

    private static void listen(Connection connection, List<NotificationListener> listeners) throws SQLException {
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement()) {
            for (var channel : listeners.stream()
                    .map(NotificationListener::channel)
                    .distinct()
                    .toList()) {
                statement.execute("listen " + statement.enquoteIdentifier(channel, true));
            }
        }
    }

    private void hear(Connection connection, List<NotificationListener> listeners) throws SQLException {
        var postgres = connection.unwrap(PGConnection.class);
        try {
            long checked = System.nanoTime();
            while (running) {
                PGNotification[] heard = postgres.getNotifications((int) SLICE.toMillis());
                if (heard == null || heard.length == 0) {
                    if (System.nanoTime() - checked > SILENCE.toNanos()) {
                        if (!connection.isValid(5)) {
                            throw new SQLException("the connection is dead");
                        }
                        checked = System.nanoTime();
                    }
                    continue;
                }
                for (var notification : heard) {
                    listeners.stream()
                            .filter(listener -> listener.channel().equals(notification.getName()))
                            .forEach(listener -> tell(listener, notification.getParameter()));
                }
            }
        } finally {
            unlisten(connection);
        }
    }

    private static void tell(NotificationListener listener, String payload) {
        try {
            listener.notified(payload);
        } catch (RuntimeException e) {
            log.error("A listener of {} failed", listener.channel(), e);
        }
    }

    /** The connection goes back to the pool: whoever gets it next has not asked to hear anything. */
    private static void unlisten(Connection connection) {
        try (var statement = connection.createStatement()) {
            statement.execute("unlisten *");
        } catch (SQLException e) {
            log.debug("The connection that listened is gone: {}", e.getMessage());
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
