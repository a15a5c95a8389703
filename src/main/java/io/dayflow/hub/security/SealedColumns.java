package io.dayflow.hub.security;

import java.util.Collection;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads and replaces sealed values, whatever they are of. Opens none. Thread-safe. */
@Component
public class SealedColumns {

    private final JdbcClient jdbc;
    private final List<SealedColumn> columns;

    SealedColumns(JdbcClient jdbc, ObjectProvider<SealedColumn> columns) {
        this.jdbc = jdbc;
        this.columns = columns.orderedStream().toList();
    }

    /**
     * A value.
     *
     * @param place where its row lies until somebody changes it
     * @param context what it was sealed for
     */
    public record Value(String place, String context, byte[] sealed) {}

    /** The columns that there are. */
    public List<SealedColumn> all() {
        return columns;
    }

    /** Whether anything sealed is stored. */
    boolean exist() {
        return columns.stream()
                .anyMatch(column -> jdbc.sql("select exists (select from %s where %s is not null)"
                                .formatted(column.table(), column.column()))
                        .query(Boolean.class)
                        .single());
    }

    /** The keys that sealed what a column holds, by an index alone: as fast with a million values as with ten. */
    public List<Long> keys(SealedColumn column) {
        return jdbc.sql("""
                        with recursive key(id) as (
                            (select min(%1$s) from %2$s where %1$s is not null)
                            union all
                            select (select min(%1$s) from %2$s where %1$s > key.id) from key where key.id is not null)
                        select id from key where id is not null
                        """.formatted(column.keyColumn(), column.table()))
                .query(Long.class)
                .list();
    }

    /** How many values of a column a key sealed. */
    public long count(SealedColumn column, long key) {
        return jdbc.sql("select count(*) from %s where %s = :key".formatted(column.table(), column.keyColumn()))
                .param("key", key)
                .query(Long.class)
                .single();
    }

    /**
     * Values of a column that any of these keys sealed.
     *
     * @param skipped places to leave out
     */
    public List<Value> values(SealedColumn column, Collection<Long> keys, Collection<String> skipped, int most) {
        return jdbc.sql("""
                        select cast(ctid as text) as place, %s as context, %s as sealed from %s
                        where %s = any(:keys) and cast(ctid as text) <> all(:skipped) limit :most
                        """.formatted(column.context(), column.column(), column.table(), column.keyColumn()))
                .param("keys", keys.toArray(Long[]::new))
                .param("skipped", skipped.toArray(String[]::new))
                .param("most", most)
                .query((row, number) ->
                        new Value(row.getString("place"), row.getString("context"), row.getBytes("sealed")))
                .list();
    }

    /** Puts the same secret, sealed anew, in the place of a value; false where somebody changed row or value meanwhile. */
    public boolean replace(SealedColumn column, Value value, byte[] sealedAnew) {
        return jdbc.sql("""
                        update %1$s set %2$s = :anew
                        where ctid = cast(:place as tid) and %2$s = :sealed and %3$s = :context
                        """.formatted(column.table(), column.column(), column.context()))
                        .param("anew", sealedAnew)
                        .param("place", value.place())
                        .param("sealed", value.sealed())
                        .param("context", value.context())
                        .update()
                == 1;
    }
}
