package io.dayflow.hub.dayflow;

import io.dayflow.hub.item.InvalidItem;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.sync.Planner;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of DayFlow that no item of the hub stands for, as items: of a user who connected nothing, that is all of them. */
@Component
public class UnheldRows {

    private static final int PAGE = 200;

    private static final String UNHELD = """
             and (cast(:after as uuid) is null or r.id > :after) and not exists (
                select from hub.link l where l.connection_id is null and l.external_id = r.id::text)
            order by r.id limit
            """ + PAGE;
    private static final String EVENTS = """
            select r.*, c.name as category_name,
                   (select coalesce(jsonb_agg(t.name), '[]') from public.event_tags et join public.tags t on t.id = et.tag_id
                    where et.event_id = r.id)::text as tag_names
            from public.calendar_events r left join public.categories c on c.id = r.category_id
            where r.user_id = :user
            """ + UNHELD;
    private static final String TASKS = """
            select r.*, c.name as category_name,
                   (select coalesce(jsonb_agg(t.name), '[]') from public.task_tags tt join public.tags t on t.id = tt.tag_id
                    where tt.task_id = r.id)::text as tag_names
            from public.tasks r left join public.categories c on c.id = r.category_id
            where r.user_id = :user
            """ + UNHELD;

    private final JdbcClient jdbc;
    private final Planner planner;

    UnheldRows(JdbcClient jdbc, Planner planner) {
        this.jdbc = jdbc;
        this.planner = planner;
    }

    /** The year of the earliest of a user's rows, held or not; a day before counts, since nobody knows the zone. */
    public Optional<Integer> firstYear(UUID userId) {
        return jdbc.sql("""
                        select extract(year from min(at) at time zone 'UTC' - interval '1 day')::int as year from (
                            select min(start_time) as at from public.calendar_events where user_id = :user
                            union all
                            select least(min(start_time), min(due_date)) from public.tasks where user_id = :user) earliest
                        """)
                .param("user", userId)
                .query((row, number) -> Optional.ofNullable(row.getObject("year", Integer.class)))
                .single();
    }

    /** Tells of each, a page in memory at a time; rows that no item can be are left out. */
    public void forEach(UUID userId, Kind kind, BiConsumer<UUID, Item> consumer) {
        var lens = planner.lens(kind, planner.zone(userId));
        @Nullable UUID after = null;
        List<Planner.Row> page;
        do {
            page = jdbc.sql(kind == Kind.EVENT ? EVENTS : TASKS)
                    .param("user", userId)
                    .param("after", after)
                    .query(kind == Kind.EVENT ? Rows::event : Rows::task)
                    .list();
            for (var row : page) {
                try {
                    consumer.accept(row.id(), lens.create(row.view()));
                } catch (InvalidItem noItem) {
                    // its row is in the other file as it is
                }
                after = row.id();
            }
        } while (page.size() == PAGE);
    }
}
