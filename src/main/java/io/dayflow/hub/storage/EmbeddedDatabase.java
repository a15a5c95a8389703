package io.dayflow.hub.storage;

import io.dayflow.hub.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL that lives in the data folder and survives whatever happens to the hub.
 *
 * <ul>
 *   <li>What was committed stays: writes are flushed, and a start after any kind of stop recovers them.
 *   <li>It listens on the loopback interface only, on a port that stays the same, and asks for a random password that a
 *       file of the data folder holds (mode 600).
 *   <li>A server that outlived a killed hub is adopted. A killed server is started again within about a second; the
 *       connection pool recovers by itself.
 *   <li>One hub per folder: a second one is refused with a message that says what to do. (Hubs share the work by sharing
 *       a database through {@code DATABASE_URL}.)
 * </ul>
 */
final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String DATABASE = "dayflow";
    private static final Duration READY = Duration.ofSeconds(60);

    private final Path folder;
    private final PostgresCluster cluster;
    private final Map<String, String> settings;
    private final FileChannel lock;
    private final String password;
    private final int port;
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable Thread supervisor;

    /**
     * Starts or adopts the server of a folder.
     *
     * @param folder the folder that holds everything about it
     * @param programs where PostgreSQL's programs are unpacked
     * @param changes server settings that differ from the hub's own
     */
    static EmbeddedDatabase start(Path folder, Path programs, Map<String, String> changes) {
        try {
            PrivateFile.createFolder(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot make " + folder + ": check HUB_DATA_DIR", failed);
        }
        var lock = lock(folder);
        try {
            var database = new EmbeddedDatabase(folder, PostgresBinaries.unpackedIn(programs), changes, lock);
            database.supervise();
            return database;
        } catch (RuntimeException failed) {
            release(lock);
            throw failed;
        }
    }

    private EmbeddedDatabase(Path folder, PostgresBinaries binaries, Map<String, String> changes, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
        this.cluster = new PostgresCluster(binaries, folder);
        this.settings = new LinkedHashMap<>(durableAndSmall());
        settings.putAll(changes);
        var passwordFile = folder.resolve("password");
        if (cluster.exists() && PrivateFile.read(passwordFile).isEmpty()) {
            throw new CannotStart("The database in " + folder + " exists but its password file is gone: put "
                    + passwordFile + " back from a backup");
        }
        this.password = PrivateFile.readOrCreate(passwordFile, EmbeddedDatabase::randomPassword)
                .strip();
        if (!cluster.exists()) {
            log.info("Making a new database in {}", folder);
            cluster.create(passwordFile);
        }
        this.port = startOrAdopt();
        createDatabase();
    }

    private static Map<String, String> durableAndSmall() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", "");
        settings.put("fsync", "on");
        settings.put("full_page_writes", "on");
        settings.put("synchronous_commit", "on");
        settings.put("max_connections", "60");
        settings.put("shared_buffers", "32MB");
        settings.put("maintenance_work_mem", "32MB");
        settings.put("max_wal_size", "256MB");
        settings.put("max_wal_senders", "0");
        settings.put("max_parallel_workers_per_gather", "0");
        settings.put("jit", "off");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.put("lc_messages", "C");
        return settings;
    }

    /** Where the hub finds it, with the account to use. */
    DatabaseUrl url() {
        return url(port, password);
    }

    static DatabaseUrl url(int port, String password) {
        return new DatabaseUrl("127.0.0.1:" + port, DATABASE, PostgresCluster.USER, password, Map.of());
    }

    /** The process that serves the database now, if there is one. */
    Optional<Long> processId() {
        return cluster.running().map(PostgresCluster.Postmaster::pid);
    }

    private int startOrAdopt() {
        var portFile = folder.resolve("port");
        var running = cluster.running();
        if (running.isPresent()) {
            log.info(
                    "Adopting the PostgreSQL that is still running (process {})",
                    running.get().pid());
            awaitReady(running.get().port());
            PrivateFile.write(portFile, Integer.toString(running.get().port()));
            return running.get().port();
        }
        int chosen = PostgresCluster.freePort(PrivateFile.read(portFile).map(text -> Integer.parseInt(text.strip())));
        PrivateFile.write(portFile, Integer.toString(chosen));
        cluster.start(chosen, settings);
        awaitReady(chosen);
        return chosen;
    }

    private void awaitReady(int onPort) {
        long deadline = System.nanoTime() + READY.toNanos();
        SQLException last = null;
        while (System.nanoTime() < deadline) {
            try (var connection = connect("postgres", onPort)) {
                checkItIsOurs(connection);
                return;
            } catch (SQLException notYet) {
                last = notYet;
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
        throw new CannotStart(
                "The embedded PostgreSQL on port " + onPort + " did not answer", Objects.requireNonNull(last));
    }

    /** The port may have gone to somebody else's server while ours was down. */
    private void checkItIsOurs(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("select current_setting('data_directory')")) {
            result.next();
            var served = Path.of(result.getString(1)).toAbsolutePath().normalize();
            if (!served.equals(cluster.data().toAbsolutePath().normalize())) {
                throw new SQLException("Another PostgreSQL answers, one that serves " + served);
            }
        }
    }

    private void createDatabase() {
        try (var connection = connect("postgres", port);
                var statement = connection.createStatement()) {
            var found = statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'");
            if (!found.next()) {
                statement.execute("create database " + DATABASE);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("Cannot make the database " + DATABASE, failed);
        }
    }

    private Connection connect(String database, int onPort) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", PostgresCluster.USER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + onPort + "/" + database, properties);
    }

    private void supervise() {
        supervisor = Thread.ofPlatform().name("postgres-supervisor").daemon().start(() -> {
            while (!waitForClosing(Duration.ofMillis(300))) {
                if (cluster.running().isEmpty()) {
                    restart();
                }
            }
        });
    }

    private void restart() {
        log.warn("The embedded PostgreSQL is gone: starting it again");
        while (closing.getCount() > 0) {
            try {
                cluster.start(port, settings);
                awaitReady(port);
                log.info("The embedded PostgreSQL is back");
                return;
            } catch (RuntimeException failed) {
                // Processes of the killed server may still hold its memory; they notice its death within a moment.
                log.warn("The embedded PostgreSQL did not come back yet: {}", failed.getMessage());
                waitForClosing(Duration.ofSeconds(1));
            }
        }
    }

    private boolean waitForClosing(Duration duration) {
        try {
            return closing.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Stops the server in order and gives the folder free. */
    @Override
    public synchronized void close() {
        if (closing.getCount() == 0) {
            return;
        }
        closing.countDown();
        try {
            if (supervisor != null) {
                supervisor.join(Duration.ofSeconds(90));
            }
            if (cluster.running().isPresent()) {
                cluster.stop();
                log.info("Stopped the embedded PostgreSQL");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            log.error("The embedded PostgreSQL was not stopped in order: {}", failed.getMessage());
        } finally {
            release(lock);
        }
    }

    private static FileChannel lock(Path folder) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException taken) {
            log.debug("The lock is held by this very process", taken);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot lock " + folder + ": check who owns it", failed);
        }
        release(channel);
        throw new CannotStart("Another hub uses the database in " + folder
                + ". Stop it, or give this one its own folder by HUB_DATA_DIR,"
                + " or let both share a database by DATABASE_URL");
    }

    private static void release(@Nullable FileChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException harmless) {
            log.debug("The lock file was not closed", harmless);
        }
    }

    private static String randomPassword() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
