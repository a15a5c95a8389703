package io.dayflow.hub.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class EmbeddedDatabaseIT {

    @TempDir
    Path folder;

    @Test
    void itIsDurableSmallAndPrivate() throws IOException {
        try (var database = start();
                var pool = StorageConfiguration.pool(database.url())) {
            assertThat(setting(pool, "fsync")).isEqualTo("on");
            assertThat(setting(pool, "full_page_writes")).isEqualTo("on");
            assertThat(setting(pool, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(pool, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(setting(pool, "unix_socket_directories")).isEmpty();
            assertThat(setting(pool, "shared_buffers")).isEqualTo("32MB");
            assertThat(setting(pool, "server_encoding")).isEqualTo("UTF8");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))))
                    .isEqualTo("rw-------");
            var url = database.url();
            var stranger = new DatabaseUrl(url.hosts(), url.database(), url.user(), "guess", Map.of());
            assertThatThrownBy(() -> java.sql.DriverManager.getConnection(
                            stranger.jdbcUrl(), stranger.user(), stranger.password()))
                    .hasMessageContaining("password authentication failed");
        }
    }

    /** As hubs with one folder for programs do that are started for the first time together. */
    @Test
    void programsThatAreUnpackedByTwoAtOnceServeBoth() throws Exception {
        var together = new CyclicBarrier(2);
        Callable<PostgresBinaries> unpacking = () -> {
            together.await();
            return PostgresBinaries.unpackedIn(folder);
        };
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (var unpacked : threads.invokeAll(List.of(unpacking, unpacking))) {
                assertThat(Path.of(unpacked.get().program("postgres"))).isExecutable();
            }
        }
        try (var left = Files.list(folder)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void aRestartKeepsTheDataAndThePort() {
        DatabaseUrl before;
        try (var database = start();
                var pool = StorageConfiguration.pool(database.url())) {
            JdbcClient.create(pool).sql("create table kept (word text)").update();
            JdbcClient.create(pool).sql("insert into kept values ('here')").update();
            before = database.url();
        }
        assertThat(folder.resolve("cluster").resolve("postmaster.pid")).doesNotExist();

        try (var database = start();
                var pool = StorageConfiguration.pool(database.url())) {
            assertThat(word(pool)).isEqualTo("here");
            assertThat(database.url()).isEqualTo(before);
        }
    }

    @Test
    void aKilledServerComesBackAndThePoolRecoversByItself() {
        try (var database = start();
                var pool = StorageConfiguration.pool(database.url())) {
            JdbcClient.create(pool).sql("create table kept (word text)").update();
            JdbcClient.create(pool).sql("insert into kept values ('here')").update();
            long killed = database.processId().orElseThrow();

            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
                assertThat(word(pool)).isEqualTo("here");
                assertThat(database.processId()).isPresent().get().isNotEqualTo(killed);
            });
        }
    }

    @Test
    void theServerOfAKilledHubIsAdopted() throws Exception {
        var child = abandonedHub();
        child.destroyForcibly().waitFor();
        var survivor = new PostgresCluster(PostgresBinaries.unpackedIn(TestDatabase.PROGRAMS), folder)
                .running()
                .orElseThrow();

        try (var database = start();
                var pool = StorageConfiguration.pool(database.url())) {
            assertThat(database.processId()).contains(survivor.pid());
            assertThat(word(pool)).isEqualTo("here");
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> !survivor.alive());
    }

    @Test
    void afterAPowerCutTheLogIsRecovered() throws Exception {
        var child = abandonedHub();
        var cluster = new PostgresCluster(PostgresBinaries.unpackedIn(TestDatabase.PROGRAMS), folder);
        child.destroyForcibly().waitFor();
        cluster.running()
                .flatMap(server -> ProcessHandle.of(server.pid()))
                .orElseThrow()
                .destroyForcibly();
        await().atMost(Duration.ofSeconds(60)).until(() -> cluster.running().isEmpty());
        // After a reboot the number in the file may belong to any program: here it is this test's own.
        var pidFile = cluster.data().resolve("postmaster.pid");
        var lines = Files.readAllLines(pidFile);
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(pidFile, lines);

        try (var database = start();
                var pool = StorageConfiguration.pool(database.url())) {
            assertThat(word(pool)).isEqualTo("here");
        }
    }

    @Test
    void aSecondHubOnTheSameFolderIsToldWhatToDo() {
        try (var _ = start()) {
            assertThatThrownBy(this::start)
                    .hasMessageContaining("Another hub uses the database in " + folder)
                    .hasMessageContaining("HUB_DATA_DIR")
                    .hasMessageContaining("DATABASE_URL");
        }
    }

    @Test
    void aLostPasswordFileIsNamed() throws IOException {
        start().close();
        Files.delete(folder.resolve("password"));

        assertThatThrownBy(this::start).hasMessageContaining("password file is gone");
    }

    private EmbeddedDatabase start() {
        return EmbeddedDatabase.start(folder, TestDatabase.PROGRAMS, Map.of());
    }

    private Process abandonedHub() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var child = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        AbandonedHub.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(child.inputReader().lines().anyMatch(AbandonedHub.INSERTED::equals))
                .as("the child process inserted its row")
                .isTrue();
        return child;
    }

    private static String setting(HikariDataSource pool, String name) {
        return JdbcClient.create(pool)
                .sql("select current_setting(?)")
                .param(name)
                .query(String.class)
                .single();
    }

    private static String word(HikariDataSource pool) {
        return JdbcClient.create(pool)
                .sql("select word from kept")
                .query(String.class)
                .single();
    }
}
