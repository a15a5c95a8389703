package io.dayflow.hub.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class RowInsertIT {

    private static final RowInsert<Sample> INSERT = RowInsert.<Sample>into("sample")
            .column("id", "uuid", Sample::id)
            .column("title", "text", Sample::title)
            .column("fields", "jsonb", Sample::fields)
            .column("at", "timestamptz", Sample::at)
            .column("done", "boolean", Sample::done)
            .column("tries", "integer", Sample::tries)
            .build();

    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.create().dataSource());

    private record Sample(
            UUID id,
            @Nullable String title,
            @Nullable String fields,
            @Nullable Object at,
            @Nullable Boolean done,
            @Nullable Integer tries) {}

    @BeforeEach
    void aTable() {
        jdbc.sql("""
                create table sample (seq int generated always as identity, id uuid, title text, fields jsonb,
                    at timestamptz, done boolean, tries int)
                """).update();
    }

    @Test
    void rowsAreStoredInTheirOrderWithEveryTypeAndWithNulls() {
        Sample full = new Sample(
                UUID.randomUUID(),
                "a \"quote\", {braces}, a \\ and NULL",
                "{\"text\": \"x, \\\"y\\\"\"}",
                Instant.parse("2026-03-01T08:00:00.123456Z"),
                true,
                -3);
        Sample empty = new Sample(UUID.randomUUID(), null, null, null, null, null);
        Sample blank = new Sample(UUID.randomUUID(), "", "[]", null, false, 0);

        INSERT.insert(jdbc, List.of(full, empty, blank));

        assertThat(jdbc.sql("select * from sample order by seq")
                        .query((row, n) -> new Sample(
                                row.getObject("id", UUID.class),
                                row.getString("title"),
                                row.getString("fields"),
                                Columns.instantOrNull(row, "at"),
                                row.getObject("done", Boolean.class),
                                row.getObject("tries", Integer.class)))
                        .list())
                .containsExactly(full, empty, blank);
    }

    @Test
    void timesOfEveryYearAreStored() {
        List<Instant> times = List.of(
                Instant.parse("0001-01-01T00:00:00Z"),
                Instant.parse("0000-06-01T00:00:00Z"),
                Instant.parse("-0043-03-15T12:00:00Z"),
                Instant.parse("+12026-03-01T08:00:00Z"));

        INSERT.insert(jdbc, times.stream().map(RowInsertIT::at).toList());
        INSERT.insert(
                jdbc, times.stream().map(Timestamp::from).map(RowInsertIT::at).toList());

        assertThat(jdbc.sql("select at from sample order by seq")
                        .query((row, n) -> Columns.instant(row, "at"))
                        .list())
                .containsExactlyElementsOf(
                        Stream.concat(times.stream(), times.stream()).toList());
    }

    private static Sample at(Object time) {
        return new Sample(UUID.randomUUID(), null, null, time, null, null);
    }

    @Test
    void noRowsAreNoStatement() {
        INSERT.insert(JdbcClient.create(new DriverManagerDataSource()), List.of());

        assertThat(jdbc.sql("select count(*) from sample").query(Long.class).single())
                .isZero();
    }
}
