package io.dayflow.hub.webhook;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gives a statement rows as arrays of their columns, so that many rows are one statement. */
record Arrays(PreparedStatement statement) {

    <T> void set(int index, String type, List<T> rows, Function<T, @Nullable Object> column) throws SQLException {
        statement.setArray(
                index,
                statement
                        .getConnection()
                        .createArrayOf(type, rows.stream().map(column).toArray()));
    }

    <T> void setBytes(int index, List<T> rows, Function<T, byte[]> column) throws SQLException {
        statement.setArray(
                index,
                statement
                        .getConnection()
                        .createArrayOf("bytea", rows.stream().map(column).toArray(byte[][]::new)));
    }
}
