package io.dayflow.hub.crash;

import io.dayflow.hub.server.DayflowDatabase;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a user's sync has left behind, in words that are the same for every user who syncs the same calendar.
 *
 * @param copies by place on the server, without those no longer kept in agreement: the row with its category and tags, the link, and the journal of both sides
 * @param totals how many there are of everything, so that nothing can hide beside the copies
 */
record EndState(SortedMap<String, String> copies, Map<String, Object> totals) {

    private static final String COPIES = """
            select l.external_id || ' ' || l.part as place, jsonb_build_array(
                e.title, e.description, e.start_time, e.end_time, e.is_all_day, e.location, e.meeting_url, e.attendees,
                e.recurrence, e.reminder, c.name,
                (select jsonb_agg(t.name order by t.name) from public.event_tags et join public.tags t on t.id = et.tag_id
                 where et.event_id = e.id),
                l.version, l.base, l.intent, md5(l.extras), l.verified, l.state, l.pending, l.attempts, d.base, d.state, d.zone,
                i.fields, i.deleted_at, i.revision,
                (select jsonb_agg(jsonb_build_array(j.connection_id is null, j.operation, j.before, j.after) order by j.id)
                 from hub.journal j where j.item_id = i.id))::text as copy
            from hub.link l join hub.item i on i.id = l.item_id
                left join hub.link d on d.item_id = i.id and d.connection_id is null
                left join public.calendar_events e on e.id::text = d.external_id
                left join public.categories c on c.id = e.category_id
            where l.connection_id = ? and l.state <> 'detached' order by 1
            """;
    private static final String TOTALS = """
            select (select count(*) from public.calendar_events where user_id = u.id) as rows,
                (select count(*) from public.tasks where user_id = u.id) as tasks,
                (select jsonb_agg(name order by name) from public.categories where user_id = u.id) as categories,
                (select jsonb_agg(name order by name) from public.tags where user_id = u.id) as tags,
                (select count(*) from hub.item where user_id = u.id) as items,
                (select count(*) from hub.link l join hub.item i on i.id = l.item_id where i.user_id = u.id) as links,
                (select jsonb_object_agg(operation, n) from (select operation, count(*) as n from hub.journal
                    where user_id = u.id group by operation) counted) as journal,
                (select count(*) from hub.conflict where user_id = u.id) as conflicts,
                (select count(*) from hub.dead_letter where user_id = u.id) as dead_letters,
                (select count(*) from hub.dayflow_change where user_id = u.id) as changes
            from public.users u where u.id = ?
            """;

    static EndState of(DayflowDatabase database, UUID user, String integrationId) {
        SortedMap<String, String> copies = new TreeMap<>();
        for (Map<String, Object> row : database.query(COPIES, UUID.fromString(integrationId))) {
            String twice = copies.put((String) row.get("place"), (String) row.get("copy"));
            if (twice != null) {
                throw new AssertionError("two links to " + row.get("place"));
            }
        }
        List<Map<String, Object>> totals = database.query(TOTALS, user);
        return new EndState(copies, totals.getFirst());
    }
}
