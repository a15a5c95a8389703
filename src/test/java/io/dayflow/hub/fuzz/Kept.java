package io.dayflow.hub.fuzz;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What all tables hold at a moment, by number of rows and a digest of them. */
record Kept(Map<String, String> tables) {

    /** What a refusal may leave: lines that say so, and what counts and guards. */
    private static final List<String> GUARDS = List.of(
            "hub.audit", "hub.audit_chain", "hub.alert", "hub.alert_count", "hub.lease", "hub.flyway_schema_history");

    static Kept now(JdbcClient jdbc) {
        var tables = new TreeMap<String, String>();
        jdbc.sql("""
                        select table_schema || '.' || table_name from information_schema.tables
                        where table_schema in ('hub', 'public') and table_type = 'BASE TABLE'
                        """).query(String.class).list().stream()
                .filter(table -> !GUARDS.contains(table))
                .forEach(table -> tables.put(
                        table,
                        jdbc.sql("select count(*) || ' rows ' || coalesce(sum(hashtextextended(t::text, 0)), 0) from "
                                        + table + " t")
                                .query(String.class)
                                .single()));
        return new Kept(tables);
    }

    /** The tables that are not as they were. */
    List<String> changedIn(Kept later) {
        return tables.keySet().stream()
                .filter(table -> !tables.get(table).equals(later.tables().get(table)))
                .toList();
    }
}
