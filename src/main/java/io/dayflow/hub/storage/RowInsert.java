package io.dayflow.hub.storage;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Inserts any number of rows into one table by one statement, an array for each column: its text, and so its plan, is the
 * same for every number of rows and whatever of them is null. Immutable and thread-safe.
 *
 * @param <T> what a row is made of
 */
public final class RowInsert<T> {

    /** Also years that ISO 8601 writes with a sign, in the form that PostgreSQL reads. */
    private static final DateTimeFormatter TIMES = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR_OF_ERA, 4, 10, SignStyle.NEVER)
            .appendPattern("-MM-dd HH:mm:ss.SSSSSSSSS'Z'")
            .appendText(ChronoField.ERA, Map.of(0L, " BC", 1L, ""))
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Map<String, Function<? super T, ? extends @Nullable Object>> values;
    private final String sql;

    private RowInsert(String sql, Map<String, Function<? super T, ? extends @Nullable Object>> values) {
        this.sql = sql;
        this.values = Map.copyOf(values);
    }

    /** A builder for rows of this table. */
    public static <T> Builder<T> into(String table) {
        return new Builder<>(table);
    }

    /** Stores the rows in their order, as part of the caller's transaction. Does nothing where there are none. */
    public void insert(JdbcClient jdbc, Collection<? extends T> rows) {
        if (rows.isEmpty()) {
            return;
        }
        JdbcClient.StatementSpec statement = jdbc.sql(sql);
        for (var column : values.entrySet()) {
            statement = statement.param(
                    column.getKey(),
                    rows.stream().map(row -> text(column.getValue().apply(row))).toArray(String[]::new));
        }
        statement.update();
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Timestamp at -> TIMES.format(at.toInstant());
            case Instant at -> TIMES.format(at);
            default -> value.toString();
        };
    }

    /** The columns of a {@link RowInsert}, one by one. Not thread-safe. */
    public static final class Builder<T> {

        private final String table;
        private final Map<String, String> types = new LinkedHashMap<>();
        private final Map<String, Function<? super T, ? extends @Nullable Object>> values = new LinkedHashMap<>();

        private Builder(String table) {
            this.table = table;
        }

        /**
         * Adds a column.
         *
         * @param type PostgreSQL's name of its type, which is no array
         * @param value what the column holds: a time, or something whose {@code toString} PostgreSQL reads
         */
        public Builder<T> column(String name, String type, Function<? super T, ? extends @Nullable Object> value) {
            types.put(name, type);
            values.put(name, value);
            return this;
        }

        /** The insert. */
        public RowInsert<T> build() {
            return new RowInsert<>(
                    "insert into %s (%s) select * from unnest(%s)"
                            .formatted(
                                    table,
                                    String.join(", ", types.keySet()),
                                    types.entrySet().stream()
                                            .map(column -> ":" + column.getKey() + "::" + column.getValue() + "[]")
                                            .collect(Collectors.joining(", "))),
                    values);
        }
    }
}
