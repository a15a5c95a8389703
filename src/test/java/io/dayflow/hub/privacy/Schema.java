package io.dayflow.hub.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of the database as they are, and rows for them that nobody had to write down. */
final class Schema {

    private static final Pattern FIRST_CHOICE = Pattern.compile("'([a-z_]+)'::text");

    /** Columns that only the audit chain's own functions may set. */
    private static final Set<String> CHAINED = Set.of(
            "actor_salt",
            "affair_salt",
            "sequence",
            "sealed_at",
            "previous_hash",
            "actor_digest",
            "affair_digest",
            "hash",
            "erased_at",
            "actor_erasure",
            "affair_erasure");

    private final JdbcClient jdbc;

    Schema(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param refers the table that it is a key of, if it is one */
    record Column(
            String name,
            String type,
            boolean nullable,
            @Nullable String refers,
            @Nullable String check) {}

    /** All tables of the hub and of DayFlow, with their schema. */
    List<String> tables() {
        return jdbc.sql("""
                        select table_schema || '.' || table_name from information_schema.tables
                        where table_schema in ('hub', 'public') and table_type = 'BASE TABLE' order by 1
                        """).query(String.class).list();
    }

    /** Those that a statement may set. */
    List<Column> columns(String table) {
        return jdbc.sql("""
                        select a.attname, format_type(a.atttypid, null) as type, not a.attnotnull as nullable,
                               (select k.confrelid::regclass::text from pg_constraint k
                                where k.conrelid = a.attrelid and k.contype = 'f' and k.conkey = array[a.attnum]) as refers,
                               (select string_agg(pg_get_constraintdef(k.oid), ' ') from pg_constraint k
                                where k.conrelid = a.attrelid and k.contype = 'c' and a.attnum = any(k.conkey)) as checks
                        from pg_attribute a
                        where a.attrelid = cast(:table as regclass) and a.attnum > 0 and not a.attisdropped
                          and a.attidentity = '' and a.attgenerated = ''
                        order by a.attnum
                        """)
                .param("table", table)
                .query((row, number) -> new Column(
                        row.getString("attname"),
                        row.getString("type"),
                        row.getBoolean("nullable"),
                        qualified(row.getString("refers")),
                        row.getString("checks")))
                .list();
    }

    private static @Nullable String qualified(@Nullable String table) {
        return table == null || table.contains(".") ? table : "public." + table;
    }

    /**
     * Adds a row with the marker in every column that can hold it.
     *
     * @param keys ids of rows to refer to, by table; the new row's own is added
     * @param given values that are needed to be reached by, by column
     */
    void plant(String table, String marker, UUID user, Map<String, UUID> keys, Map<String, Object> given) {
        var names = new ArrayList<String>();
        var values = new ArrayList<String>();
        var parameters = new ArrayList<Object>();
        for (var column : columns(table)) {
            if (table.equals("hub.audit") && CHAINED.contains(column.name())) {
                continue;
            }
            var value = given.containsKey(column.name())
                    ? given.get(column.name())
                    : value(table, column, marker, user, keys);
            if (value == null) {
                continue;
            }
            if (column.name().equals("id") && value instanceof UUID id) {
                keys.put(table, id);
            }
            names.add('"' + column.name() + '"');
            values.add(
                    switch (column.type()) {
                        case "text[]" -> "array[cast(? as text)]";
                        case "character" -> "cast(? as text)"; // else one character is left
                        default -> "cast(? as " + column.type() + ")";
                    });
            parameters.add(value);
        }
        try {
            jdbc.sql("insert into " + table + " (" + String.join(", ", names) + ") values (" + String.join(", ", values)
                            + ")")
                    .params(parameters)
                    .update();
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "no row can be made up for " + table + ": say in Planted.GIVEN which values it needs. " + e, e);
        }
    }

    private static @Nullable Object value(
            String table, Column column, String marker, UUID user, Map<String, UUID> keys) {
        var name = column.name();
        var text = marker + " " + table + "." + name;
        var refers = column.refers();
        if (refers != null) {
            var key = keys.get(refers);
            if (key == null && !column.nullable()) {
                throw new AssertionError(table + "." + name + " refers to " + refers + ", which has no row yet");
            }
            return key;
        }
        return switch (column.type()) {
            case "uuid" -> uuid(name, user, keys);
            case "text", "character varying" -> column.check() == null ? text : choice(column.check(), column);
            case "text[]" -> text;
            case "jsonb", "json" -> "{\"planted\": \"" + text + "\"}";
            // an export opens what is sealed
            case "bytea" -> name.equals("sealed") ? null : text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            case "timestamp with time zone" -> column.nullable() ? null : "now";
            case "integer", "bigint", "smallint", "numeric" -> column.nullable() ? null : 1;
            case "boolean" -> column.nullable() ? null : "false";
            default -> null;
        };
    }

    /** A key that no constraint tells of is told by its name. */
    private static UUID uuid(String name, UUID user, Map<String, UUID> keys) {
        return switch (name) {
            case "user_id" -> user;
            case "connection_id", "item_id", "job_id", "collection_id", "link_id" ->
                keys.getOrDefault("hub." + name.substring(0, name.length() - 3), UUID.randomUUID());
            default -> UUID.randomUUID();
        };
    }

    private static @Nullable String choice(String check, Column column) {
        Matcher choice = FIRST_CHOICE.matcher(check);
        return choice.find() ? choice.group(1) : column.nullable() ? null : "1";
    }

    /** The rows in whose text the piece occurs, by table. Bytes are looked into as the text that they hold. */
    Map<String, Long> holding(String piece) {
        return tables().stream()
                .collect(Collectors.toMap(table -> table, table -> count(table, piece)))
                .entrySet()
                .stream()
                .filter(found -> found.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private long count(String table, String piece) {
        var bytes = columns(table).stream()
                .filter(column -> column.type().equals("bytea"))
                .map(column -> " || coalesce(encode(t.\"" + column.name() + "\", 'escape'), '')")
                .collect(Collectors.joining());
        return jdbc.sql("select count(*) from " + table + " t where position(lower(:piece) in lower(t::text" + bytes
                        + ")) > 0")
                .param("piece", piece)
                .query(Long.class)
                .single();
    }

    /** Changes with any row that holds the piece. */
    String fingerprint(String piece) {
        // a line is chained sooner or later, which says nothing about its content
        jdbc.sql("select hub.seal_audit(10000)").query(Integer.class).single();
        return tables().stream()
                .map(table -> table + " "
                        + jdbc.sql("select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from " + table
                                        + " t where position(lower(:piece) in lower(t::text)) > 0")
                                .param("piece", piece)
                                .query(String.class)
                                .single())
                .collect(Collectors.joining("\n"));
    }
}
