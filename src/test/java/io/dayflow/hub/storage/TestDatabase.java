package io.dayflow.hub.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.util.FileSystemUtils;

/**
 * Fresh, migrated databases for tests: one real PostgreSQL per test run, a copy of a migrated template per call.
 * Nothing to configure and nothing to clean up; {@link #close()} only closes the pool, early.
 */
public final class TestDatabase implements AutoCloseable {

    /** Unpacked once and kept between runs. */
    static final Path PROGRAMS = Path.of("target", "postgres-programs").toAbsolutePath();

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final DatabaseUrl url;
    private final HikariDataSource dataSource;

    private TestDatabase(DatabaseUrl url) {
        this.url = url;
        var config = new HikariConfig();
        config.setJdbcUrl(url.jdbcUrl());
        config.setUsername(url.user());
        config.setPassword(url.password());
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        config.setIdleTimeout(10_000);
        this.dataSource = new HikariDataSource(config);
    }

    /** A new database with all migrations applied and no rows. */
    public static TestDatabase create() {
        var name = "test_" + COUNT.incrementAndGet();
        Server.execute("create database " + name + " template " + Server.TEMPLATE);
        return new TestDatabase(Server.INSTANCE.url().withDatabase(name));
    }

    /** A pool of at most eight connections. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** For the driver, user and password included. */
    public String jdbcUrl() {
        return url.jdbcUrl() + "?user=" + url.user() + "&password=" + url.password();
    }

    /** As {@code DATABASE_URL} takes it. */
    public String databaseUrl() {
        return url.revealed();
    }

    @Override
    public void close() {
        dataSource.close();
    }

    /** Started by the first call, stopped when the test run ends. */
    private static final class Server {

        static final String TEMPLATE = "migrated";
        static final EmbeddedDatabase INSTANCE = start();

        private static EmbeddedDatabase start() {
            var folder = Path.of(
                            "target",
                            "test-postgres-" + ProcessHandle.current().pid() + "-" + System.currentTimeMillis())
                    .toAbsolutePath();
            var server = EmbeddedDatabase.start(
                    folder,
                    PROGRAMS,
                    Map.of(
                            "fsync",
                            "off",
                            "synchronous_commit",
                            "off",
                            "full_page_writes",
                            "off",
                            "max_connections",
                            "200"));
            // after the hubs that use it have ended
            SpringApplication.getShutdownHandlers().add(() -> {
                server.close();
                FileSystemUtils.deleteRecursively(folder.toFile());
            });
            execute(server, "create database " + TEMPLATE);
            var template = server.url().withDatabase(TEMPLATE);
            var source = new PGSimpleDataSource();
            source.setUrl(template.jdbcUrl());
            source.setUser(template.user());
            source.setPassword(template.password());
            Migrations.flyway(source).migrate();
            return server;
        }

        static void execute(String sql) {
            execute(INSTANCE, sql);
        }

        private static synchronized void execute(EmbeddedDatabase server, String sql) {
            var url = server.url();
            try (var connection = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }
}
