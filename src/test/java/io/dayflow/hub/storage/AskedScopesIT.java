package io.dayflow.hub.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was allowed before it was kept what had been asked for. */
class AskedScopesIT {

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatWasAllowedBeforeCountsAsAskedForAndWhatWasBegunIsBegunAgain() {
        jdbc.sql("drop schema hub cascade").update();
        var now = Migrations.flyway(database.dataSource());
        Flyway.configure()
                .configuration(now.getConfiguration())
                .target("47")
                .load()
                .migrate();
        jdbc.sql("insert into public.users (email) values ('ann@example.org')").update();
        jdbc.sql("""
                        insert into hub.connection (id, user_id, provider, display_name, address, account, created_at, updated_at)
                        select gen_random_uuid(), id, 'todoist', 'Todoist', '', 'ann', now(), now() from public.users
                        """).update();
        jdbc.sql("""
                        insert into hub.oauth_grant (connection_id, tokens, scopes, consented_at)
                        select id, '', '{data:read_write,data:delete}', now() from hub.connection
                        """).update();
        jdbc.sql("""
                        insert into hub.authorization_request (state_digest, user_id, provider, redirect_uri, created_at, expires_at)
                        select '', id, 'todoist', 'http://localhost/', now(), now() from public.users
                        """).update();

        now.migrate();

        assertThat(jdbc.sql("select array_to_string(asked, ' ') from hub.oauth_grant where not named")
                        .query(String.class)
                        .list())
                .containsExactly("data:read_write data:delete");
        assertThat(jdbc.sql("select count(*) from hub.authorization_request")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
