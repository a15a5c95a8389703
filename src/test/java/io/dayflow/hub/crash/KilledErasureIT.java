package io.dayflow.hub.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubProcess;
import io.dayflow.hub.server.ServerLogs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The hub is killed with SIGKILL while it erases somebody: in the end everything is gone, once, and nobody else's is. */
@ExtendWith(ServerLogs.class)
class KilledErasureIT {

    private static final int ITEMS = 20_000;
    private static final int OTHERS = 50;
    private static final int KILLS = 4;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    @Test
    void whatAKilledHubBeganTheNextOneEnds() throws Exception {
        Chance chance = new Chance();
        try (HubProcess hub = Hubs.start(Files.createDirectories(folder.resolve("hub")), 6_000)) {
            UUID user;
            UUID other;
            Map<String, Long> others;
            try (DayflowDatabase database = hub.database()) {
                other = person(database, OTHERS);
                others = holding(database, other);
                user = person(database, ITEMS);
            }
            String receipt = hub.client(user)
                    .send("DELETE", "api/integrations/data?dayflow=remove", null)
                    .expect(202)
                    .path("receiptId")
                    .asText();
            List<Long> erased = new ArrayList<>();
            for (int kill = 1; kill <= KILLS; kill++) {
                try (DayflowDatabase database = hub.database()) {
                    long before = counted(database, receipt);
                    await("progress of the erasure")
                            .atMost(LIMIT)
                            .pollDelay(Duration.ZERO)
                            .pollInterval(Duration.ofMillis(3))
                            .until(() -> counted(database, receipt) > before);
                    chance.pause(0, 40);
                    hub.killHard();
                }
                hub.startWithoutWaiting();
                hub.awaitReady();
                try (DayflowDatabase database = hub.database()) {
                    erased.add(counted(database, receipt));
                    assertThat(step(database, receipt))
                            .as("it was not done before kill %s, %s; counted %s", kill, chance, erased)
                            .isNotEqualTo("done");
                    // the killed hub's claim runs out after a minute: here that minute is over
                    database.execute(
                            "update hub.erasure set worker_until = now() where id = ?::uuid and finished_at is null",
                            receipt);
                }
            }
            System.out.println("killed while erasing: " + chance + "; counted at each kill " + erased);
            try (DayflowDatabase database = hub.database()) {
                await("end of the erasure")
                        .atMost(LIMIT)
                        .until(() -> step(database, receipt).equals("done"));

                assertThat(holding(database, user)).as(chance.toString()).isEmpty();
                assertThat(holding(database, other)).as(chance.toString()).isEqualTo(others);
            }
            JsonNode told = hub.client(other).get("api/integrations/data/receipts/" + receipt);
            for (String table : List.of("hub.item", "hub.link", "hub.journal", "public.tasks")) {
                assertThat(told.path("counts").path(table).asInt())
                        .as("%s: nothing is counted twice, or not; %s", table, chance)
                        .isEqualTo(ITEMS);
            }
        }
    }

    private static long counted(DayflowDatabase database, String receipt) {
        return ((Number) database.query("""
                        select coalesce((select sum(value::bigint) from jsonb_each_text(e.counts)), 0)::bigint as n
                        from hub.erasure e where id = ?::uuid""", receipt).getFirst().get("n")).longValue();
    }

    private static String step(DayflowDatabase database, String receipt) {
        return String.valueOf(database.query("select step from hub.erasure where id = ?::uuid", receipt)
                .getFirst()
                .get("step"));
    }

    /** How many rows of each table name somebody. */
    private static Map<String, Long> holding(DayflowDatabase database, UUID user) {
        Map<String, Long> holding = new LinkedHashMap<>();
        for (Map<String, Object> table : database.query("""
                select table_schema || '.' || table_name as name from information_schema.tables
                where table_schema in ('hub', 'public') and table_type = 'BASE TABLE' order by 1""")) {
            String name = String.valueOf(table.get("name"));
            long rows = (Long) database.query(
                            "select count(*) as n from " + name + " t where position(? in t::text) > 0",
                            user.toString())
                    .getFirst()
                    .get("n");
            if (rows > 0) {
                holding.put(name, rows);
            }
        }
        return holding;
    }

    /** A user with so many items, each with a copy at a service, an entry of the journal and a row in DayFlow. */
    private static UUID person(DayflowDatabase database, int items) {
        UUID user = database.createUser("Europe/Berlin");
        database.execute("""
                insert into hub.connection (id, user_id, provider, display_name, account)
                values (gen_random_uuid(), ?, 'caldav', 'Much', 'ann')""", user);
        database.execute("""
                insert into hub.item (id, user_id, kind, fields, match_key, origin)
                select gen_random_uuid(), c.user_id, 'task', jsonb_build_object('title', 'Task ' || n), 'task ' || n, c.id
                from hub.connection c, generate_series(1, ?) n where c.user_id = ?""", items, user);
        database.execute("""
                insert into hub.link (id, item_id, connection_id, external_id, version, base)
                select gen_random_uuid(), id, origin, '/work/' || id || '.ics', 'v1', fields
                from hub.item where user_id = ?""", user);
        database.execute("""
                insert into hub.journal (user_id, item_id, operation, after, cause)
                select user_id, id, 'create', fields, 'sync' from hub.item where user_id = ?""", user);
        database.together(() -> {
            database.query("select set_config('hub.origin', 'hub', true)");
            database.execute("""
                    insert into public.tasks (user_id, title)
                    select user_id, fields ->> 'title' from hub.item where user_id = ?""", user);
        });
        return user;
    }
}
