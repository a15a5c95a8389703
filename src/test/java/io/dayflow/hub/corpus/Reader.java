package io.dayflow.hub.corpus;

import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubClient;
import io.dayflow.hub.server.HubProcess;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;

/** A user of the hub who has connected one calendar. */
record Reader(DayflowDatabase database, HubClient client, UUID user, String zone, String integrationId) {

    static Reader connect(HubProcess hub, DayflowDatabase database, URI server, String calendar, String zone) {
        UUID user = database.createUser(zone);
        HubClient client = hub.client(user);
        String integration = client.connectCalDav(server, "alice", "secret")
                .path("integrationId")
                .asText();
        client.selectCollections(integration, calendar);
        return new Reader(database, client, user, zone, integration);
    }

    void sync() {
        client.syncCompletely(integrationId);
    }

    /** The user's rows by the place on the server ({@code href part}) that they are linked to. */
    SortedMap<String, ExpectedRow> rows() {
        SortedMap<String, ExpectedRow> rows = new TreeMap<>();
        for (Map<String, Object> row : linked()) {
            rows.put(
                    (String) row.get("place"),
                    new ExpectedRow(
                            (String) row.get("title"),
                            (Instant) row.get("start_time"),
                            (Instant) row.get("end_time"),
                            (Boolean) row.get("is_all_day")));
        }
        return rows;
    }

    /** The columns of the user's rows with the place that they are linked to. */
    List<Map<String, Object>> linked() {
        return database.query("""
                select l.external_id || ' ' || l.part as place, e.*
                from public.calendar_events e
                    join hub.link d on d.connection_id is null and d.external_id = e.id::text
                    left join hub.link l on l.item_id = d.item_id and l.connection_id = ? and l.state = 'live'
                where e.user_id = ?
                """, UUID.fromString(integrationId), user);
    }

    /** The dead letters' reasons by place ({@code href part}). */
    SortedMap<String, String> deadLetters(String direction) {
        SortedMap<String, String> reasons = new TreeMap<>();
        database.query("""
                        select external_id || ' ' || part as place, message from hub.dead_letter
                        where user_id = ? and direction = ?""", user, direction)
                .forEach(row -> reasons.put((String) row.get("place"), (String) row.get("message")));
        return reasons;
    }

    /** Which transaction wrote each of the user's rows, items and links last, and how far the journal is. */
    List<Map<String, Object>> writes() {
        return database.query("""
                select 'row' as what, id::text, xmin::text as by from public.calendar_events where user_id = ?
                union all select 'item', id::text, xmin::text from hub.item where user_id = ?
                union all select 'link', l.id::text, l.xmin::text from hub.link l join hub.item i on i.id = l.item_id
                    where i.user_id = ?
                union all select 'journal', 'last', max(id)::text from hub.journal where user_id = ?
                order by 1, 2
                """, user, user, user, user);
    }

    /** Waits until no change is waiting to be taken in and no copy to be pushed. */
    void awaitAgreement() {
        Awaitility.await("agreement")
                .atMost(Duration.ofSeconds(60))
                .until(() -> database.query("""
                        select 1 from hub.dayflow_change where user_id = ?
                        union all select 1 from hub.link where connection_id = ? and pending
                        """, user, UUID.fromString(integrationId))
                        .isEmpty());
    }
}
