package io.dayflow.hub.dayflow;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.RowWrite;
import io.dayflow.hub.merge.Lens;
import io.dayflow.hub.storage.Nul;
import io.dayflow.hub.storage.RowInsert;
import io.dayflow.hub.sync.Planner;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** DayFlow's tables as a side of the hub. Columns that the hub does not model are never written. */
@Component
class DayflowTables implements Planner {

    private static final String EVENTS = """
            select e.*, c.name as category_name,
                   (select coalesce(jsonb_agg(t.name), '[]') from public.event_tags et join public.tags t on t.id = et.tag_id
                    where et.event_id = e.id)::text as tag_names
            from public.calendar_events e left join public.categories c on c.id = e.category_id
            where e.id = any(:ids::uuid[]) order by e.id for update of e
            """;
    private static final String TASKS = """
            select k.*, c.name as category_name,
                   (select coalesce(jsonb_agg(t.name), '[]') from public.task_tags tt join public.tags t on t.id = tt.tag_id
                    where tt.task_id = k.id)::text as tag_names
            from public.tasks k left join public.categories c on c.id = k.category_id
            where k.id = any(:ids::uuid[]) order by k.id for update of k
            """;

    /** In characters: the full-text indexes take a mebibyte of words, and a character counts for no more than ten bytes there. */
    private static final int SURELY_HELD = 100_000;

    /** PostgreSQL's {@code program_limit_exceeded}. */
    private static final String TOO_MUCH = "54000";

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batch;
    private final Names names;
    private final RecurrenceForm recurrence;

    DayflowTables(JdbcClient jdbc, NamedParameterJdbcTemplate batch, Names names, RecurrenceForm recurrence) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.names = names;
        this.recurrence = recurrence;
    }

    @Override
    public ZoneId zone(UUID userId) {
        return jdbc.sql("select coalesce(timezone, 'UTC') from public.users where id = :id")
                .param("id", userId)
                .query(String.class)
                .optional()
                .map(DayflowTables::zone)
                .orElse(ZoneOffset.UTC);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    @Override
    public Lens lens(Kind kind, ZoneId zone) {
        return new DayflowLens(zone, recurrence);
    }

    @Override
    public boolean holds(View view) {
        var words = Stream.of("title", "description", "notes")
                .map(view::text)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        if (words.length() <= SURELY_HELD) {
            return true;
        }
        try {
            return jdbc.sql("select length(to_tsvector('english', :words)) >= 0")
                    .param("words", Nul.outOf(words))
                    .query(Boolean.class)
                    .single();
        } catch (DataAccessException e) {
            if (e.getRootCause() instanceof SQLException refused && TOO_MUCH.equals(refused.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Map<UUID, Row> lock(Kind kind, Collection<UUID> rowIds) {
        if (rowIds.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql(kind == Kind.EVENT ? EVENTS : TASKS)
                .param("ids", rowIds.stream().map(UUID::toString).toArray(String[]::new))
                .query(kind == Kind.EVENT ? Rows::event : Rows::task)
                .list()
                .stream()
                .collect(Collectors.toMap(Row::id, Function.identity()));
    }

    @Override
    public List<UUID> unknown(UUID userId, Kind kind, int limit) {
        return jdbc.sql("select r.id from " + Columns.table(kind) + """
                         r where r.user_id = :user and not exists (
                            select 1 from hub.link l where l.connection_id is null and l.external_id = r.id::text)
                          and not exists (select 1 from hub.dayflow_change c where c.row_id = r.id)
                        order by r.id limit :limit
                        """)
                .param("user", userId)
                .param("limit", limit)
                .query(UUID.class)
                .list();
    }

    @Override
    public void write(List<RowWrite> rows) {
        Map<String, UUID> categories = new HashMap<>();
        for (Kind kind : Kind.values()) {
            List<RowWrite> inserts = new ArrayList<>();
            for (RowWrite row : rows) {
                if (row.kind() != kind) {
                    continue;
                }
                if (row.after() == null) {
                    jdbc.sql("delete from " + Columns.table(kind) + " where id = :id")
                            .param("id", row.rowId())
                            .update();
                } else if (row.before() == null) {
                    inserts.add(row);
                } else {
                    update(row, row.before(), row.after(), categories);
                }
            }
            insert(kind, inserts, categories);
        }
    }

    private void insert(Kind kind, List<RowWrite> rows, Map<String, UUID> categories) {
        if (rows.isEmpty()) {
            return;
        }
        RowInsert.Builder<RowWrite> insert = RowInsert.<RowWrite>into(Columns.table(kind))
                .column("id", "uuid", RowWrite::rowId)
                .column("user_id", "uuid", RowWrite::userId)
                .column("category_id", "uuid", row -> category(row, content(row), categories));
        Columns.of(kind)
                .forEach((field, column) -> insert.column(
                        column.column(), column.type(), row -> column.value().apply(content(row), field)));
        insert.build().insert(jdbc, rows);
        Map<UUID, Map<UUID, List<String>>> tags = new LinkedHashMap<>();
        for (RowWrite row : rows) {
            tags.computeIfAbsent(row.userId(), user -> new LinkedHashMap<>())
                    .put(row.rowId(), Rows.strings(content(row).get(Columns.tagField(kind))));
        }
        tags.forEach((user, byRow) -> names.addTags(kind == Kind.EVENT, user, byRow));
    }

    private static View content(RowWrite row) {
        return Objects.requireNonNull(row.after());
    }

    private void update(RowWrite row, View before, View after, Map<String, UUID> categories) {
        List<String> sets = new ArrayList<>();
        MapSqlParameterSource values = new MapSqlParameterSource("id", row.rowId());
        Columns.of(row.kind()).forEach((field, column) -> {
            if (!Objects.equals(before.get(field), after.get(field))) {
                sets.add(column.column() + " = :" + field + "::" + column.type());
                values.addValue(field, column.value().apply(after, field));
            }
        });
        if (!Objects.equals(before.text("list"), after.text("list"))) {
            sets.add("category_id = :category");
            values.addValue("category", category(row, after, categories));
        }
        sets.add("updated_at = now()");
        batch.update(
                "update " + Columns.table(row.kind()) + " set " + String.join(", ", sets) + " where id = :id", values);
        String tagField = Columns.tagField(row.kind());
        if (!Objects.equals(before.get(tagField), after.get(tagField))) {
            names.setTags(row.kind() == Kind.EVENT, row.rowId(), row.userId(), Rows.strings(after.get(tagField)));
        }
    }

    private @Nullable UUID category(RowWrite row, View view, Map<String, UUID> known) {
        String name = Nul.outOfOrNull(view.text("list"));
        if (name == null) {
            return null;
        }
        return known.computeIfAbsent(row.userId() + " " + name, key -> names.category(row.userId(), name));
    }
}
