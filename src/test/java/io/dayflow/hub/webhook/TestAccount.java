package io.dayflow.hub.webhook;

import static org.awaitility.Awaitility.await;

import io.dayflow.hub.HubCalls;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A user whose account at the played service is connected: "Inbox" and "Home" are kept in agreement, "Other" is not. */
final class TestAccount {

    private static final Duration SOON = Duration.ofSeconds(20);

    final UUID user = UUID.randomUUID();
    final UUID connection = UUID.randomUUID();
    final String account = "account-" + connection;
    private final JdbcClient jdbc;

    TestAccount(JdbcClient jdbc) {
        this.jdbc = jdbc;
        jdbc.sql("insert into public.users (id, email, timezone) values (?, ?, 'Europe/Berlin')")
                .params(user, user + "@example.org")
                .update();
        jdbc.sql("""
                        insert into hub.connection (id, user_id, provider, display_name, account, endpoints, confirmed_at, last_sync_at)
                        values (?, ?, 'testtasks', 'Test', ?, jsonb_build_object('userId', ?::text), now(), now())
                        """).params(connection, user, account, account).update();
        for (String name : List.of("Inbox", "Home", "Other")) {
            jdbc.sql("""
                            insert into hub.collection (id, connection_id, external_id, kind, name, selected)
                            values (?, ?, lower(?), 'task', ?, ? <> 'Other')
                            """)
                    .params(UUID.randomUUID(), connection, name, name, name)
                    .update();
        }
    }

    /** Delivers, with an id of its own, that something happened to some objects. */
    void tell(HubCalls hub, String... changed) {
        var answer = Deliveries.deliver(hub, UUID.randomUUID().toString(), body(changed));
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    String body(String... changed) {
        return "{\"user\":\"" + account + "\",\"changed\":[" + String.join(",", changed) + "]}";
    }

    /** All there is to say. */
    static String fat(String id, String version, String list, String title) {
        return "{\"id\":\"%s\",\"version\":\"%s\",\"list\":\"%s\",\"object\":{\"title\":\"%s\"}}"
                .formatted(id, version, list, title);
    }

    /** That something happened. */
    static String thin(String id) {
        return "{\"id\":\"%s\"}".formatted(id);
    }

    static String thin(String id, String list) {
        return "{\"id\":\"%s\",\"list\":\"%s\"}".formatted(id, list);
    }

    static String gone(String id) {
        return "{\"id\":\"%s\",\"gone\":true}".formatted(id);
    }

    /** The titles of the user's tasks in DayFlow. */
    List<String> titles() {
        return jdbc.sql("select title from public.tasks where user_id = ? order by title")
                .param(user)
                .query(String.class)
                .list();
    }

    void awaitTitles(String... titles) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        org.assertj.core.api.Assertions.assertThat(titles()).containsExactlyInAnyOrder(titles));
    }

    /** Until everything that was told is worked on, or waits for another try. */
    void awaitQuiet() {
        await().atMost(SOON).until(() -> count("""
                select (select count(*) from hub.webhook_event where state = 'stored')
                     + (select count(*) from hub.webhook_hint where connection_id = ?)
                     + (select count(*) from hub.lease where resource = 'hint:' || ?::text)
                """, connection, connection) == 0);
    }

    long count(String sql, Object... parameters) {
        return jdbc.sql(sql).params(List.of(parameters)).query(Long.class).single();
    }

    String text(String sql) {
        return jdbc.sql(sql).param(connection).query(String.class).optional().orElse("");
    }
}
