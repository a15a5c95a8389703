package io.dayflow.hub.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dayflow.hub.storage.TestDatabase;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What is announced does not fail because somebody takes an endpoint away at the same moment. */
class AnnounceIT {

    private final UUID user = UUID.randomUUID();
    private final UUID connection = UUID.randomUUID();

    @Test
    void anEndpointThatIsBeingDeletedIsLeftOut() throws Exception {
        try (var database = TestDatabase.create();
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var deleting = database.dataSource().getConnection()) {
            var jdbc = JdbcClient.create(database.dataSource());
            plant(jdbc);
            deleting.setAutoCommit(false);
            JdbcClient.create(new SingleConnectionDataSource(deleting, true))
                    .sql("delete from hub.webhook_endpoint where url = 'https://going.example.org/'")
                    .update();

            Callable<Integer> start = () -> jdbc.sql("insert into hub.job (id, connection_id, user_id, operation, mode)"
                            + " values (gen_random_uuid(), ?, ?, 'manual_sync', 'full')")
                    .params(connection, user)
                    .update();
            var started = threads.submit(start);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> jdbc.sql("select count(*) from pg_locks where not granted")
                                    .query(Long.class)
                                    .single()
                            > 0);
            deleting.commit();

            assertThat(started.get()).isEqualTo(1);
            assertThat(jdbc.sql(
                                    "select e.url from hub.webhook_message m join hub.webhook_endpoint e on e.id = m.endpoint_id"
                                            + " where m.type = 'job'")
                            .query(String.class)
                            .list())
                    .containsExactly("https://staying.example.org/");
        }
    }

    private void plant(JdbcClient jdbc) {
        jdbc.sql("insert into public.users (id, email, timezone) values (?, 'a@example.org', 'UTC')")
                .param(user)
                .update();
        jdbc.sql("insert into hub.connection (id, user_id, provider, display_name, account)"
                        + " values (?, ?, 'testcal', 'Mine', 'a')")
                .params(connection, user)
                .update();
        for (var name : new String[] {"going", "staying"}) {
            jdbc.sql("insert into hub.webhook_endpoint (id, user_id, url, events, secret, created_at, updated_at)"
                            + " values (gen_random_uuid(), ?, ?, '{job}', '', now(), now())")
                    .params(user, "https://" + name + ".example.org/")
                    .update();
        }
    }
}
