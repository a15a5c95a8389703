package io.dayflow.hub.security;

import static io.dayflow.hub.HubCalls.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.dayflow.hub.FakeEngine;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import java.net.http.HttpRequest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** PostgreSQL lets nobody in: whoever calls is told so, before it can be known who that is. */
@RunningHub
@Import(FakeEngine.class)
@TestPropertySource(properties = {"camel.main.auto-startup=false", "hub.of-the-tests=absent-database"})
@DirtiesContext
class AbsentDatabaseIT {

    @LocalServerPort
    int port;

    @Autowired
    HikariDataSource pool;

    @AfterEach
    void open() throws Exception {
        elsewhere("alter database %s allow_connections true");
    }

    @Test
    void callsAreToldToTryAgain() throws Exception {
        var hub = new HubCalls(port);
        List<HttpRequest.Builder> calls = List.of(
                hub.asUser("/api/integrations"),
                hub.to("/api/integrations").header("Authorization", "Bearer dfh_" + "A".repeat(43)),
                hub.asUser("/api/integrations/accounts"));
        pool.setConnectionTimeout(1_000);
        elsewhere("alter database %s allow_connections false");
        elsewhere("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '%s'");

        for (var call : calls) {
            var answer = hub.send(call);
            var problem = problem(answer, 503);
            assertThat(problem.path("type").asText()).isEqualTo("urn:dayflow-hub:problem:unavailable");
            assertThat(problem.path("detail").asText()).contains("database");
            assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        }

        open();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> hub.send(hub.asUser("/api/integrations")).statusCode() == 200);
    }

    /** Of the server, said from another of its databases. */
    private void elsewhere(String sql) throws SQLException {
        var url = pool.getJdbcUrl();
        var name = url.replaceFirst(".*/([^/?]+).*", "$1");
        try (var connection = DriverManager.getConnection(
                        url.replace("/" + name, "/postgres"), pool.getUsername(), pool.getPassword());
                var statement = connection.createStatement()) {
            statement.execute(sql.formatted(name));
        }
    }
}
